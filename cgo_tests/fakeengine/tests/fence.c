/* fence.c - see fence.h */
#define _GNU_SOURCE
#include "fence.h"

#include "check.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

/* PAGE is a multiple of every system's page size: kernels for arm64 have pages of up to 64 KiB. */
enum { PAGE = 65536, REMEMBERED = 1024 };

/* The data ends where a page without any access begins. */
static size_t room_for(size_t length) { return (length + PAGE - 1) / PAGE * PAGE; }

void *fence_copy(const void *data, size_t length)
{
    size_t room = room_for(length);
    char *memory = mmap(NULL, room + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                        -1, 0);
    if (memory == MAP_FAILED || mprotect(memory + room, PAGE, PROT_NONE) != 0)
        FAIL("out of memory");
    char *copy = memory + room - length;
    if (length) memcpy(copy, data, length);
    return copy;
}

void fence_end(void *data, size_t length)
{
    static struct {
        char *memory;
        size_t size;
    } ended[REMEMBERED];
    static size_t next;

    /* Ended memory stays mapped, without access, until 1,024 others have ended. */
    size_t room = room_for(length);
    size_t mine = __sync_fetch_and_add(&next, 1) % REMEMBERED;
    if (ended[mine].memory) munmap(ended[mine].memory, ended[mine].size);
    ended[mine].memory = (char *)data + length - room;
    ended[mine].size = room + PAGE;
    /* Fresh pages in its place also give the memory behind it back. */
    if (mmap(ended[mine].memory, ended[mine].size, PROT_NONE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        FAIL("cannot take memory back");
}
