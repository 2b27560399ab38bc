/*
 * libzmq passes a message's memory from thread to thread by pipes without locks. The thread
 * sanitizer recognizes locks, and atomic operations in code that it has compiled. So in a build
 * with it these annotations order writes to a message before libzmq frees its memory. In other
 * builds they are empty.
 */
#ifndef CORE_TSAN_H
#define CORE_TSAN_H

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CORE_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define CORE_THREAD_SANITIZER
#endif

#ifdef CORE_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#define CORE_TSAN_RELEASE(memory) __tsan_release(memory)
#define CORE_TSAN_ACQUIRE(memory) __tsan_acquire(memory)
#else
#define CORE_TSAN_RELEASE(memory) ((void)(memory))
#define CORE_TSAN_ACQUIRE(memory) ((void)(memory))
#endif

#endif
