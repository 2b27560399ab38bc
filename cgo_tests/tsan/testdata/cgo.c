/*
 * Hides cgo's reports from the sanitizer: that every call between C and Go comes after all earlier
 * ones, as if they held one mutex. The functions of this program take precedence over the
 * sanitizer's; the first address is cgo's mutex, because the library's constructor calls Go before
 * anything else does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

static void (*acquire)(void *), (*release)(void *);
static void *mutex_of_cgo;
static unsigned long ignored; /* times */

/* dlsym's void * becomes a function by memcpy: ISO C knows no cast for it. */
static void find(const char *name, void *function)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(function, &symbol, sizeof symbol);
}

__attribute__((constructor)) static void find_both(void)
{
    find("__tsan_acquire", &acquire);
    find("__tsan_release", &release);
}

__attribute__((destructor)) static void tell(void)
{
    if (__atomic_load_n(&ignored, __ATOMIC_RELAXED) > 0) puts("cgo is ignored");
}

static int is_of_cgo(void *address)
{
    void *none = NULL;
    __atomic_compare_exchange_n(&mutex_of_cgo, &none, address, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    if (__atomic_load_n(&mutex_of_cgo, __ATOMIC_RELAXED) != address) return 0;
    __atomic_fetch_add(&ignored, 1, __ATOMIC_RELAXED);
    return 1;
}

void __tsan_acquire(void *address)
{
    if (!is_of_cgo(address)) acquire(address);
}

void __tsan_release(void *address)
{
    if (!is_of_cgo(address)) release(address);
}
