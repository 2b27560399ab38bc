/*
 * libzmq hands a message's memory from thread to thread by pipes without locks. The thread
 * sanitizer sees locks, and what is atomic in code that it has compiled: so in a build with
 * it, it is told that what was written before a message was handed over comes before
 * libzmq gives its memory back. Elsewhere this is nothing.
 */
#ifndef GLUE_HANDOVER_H
#define GLUE_HANDOVER_H

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GLUE_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define GLUE_THREAD_SANITIZER
#endif

#ifdef GLUE_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#define GLUE_HAND_OVER(memory) __tsan_release(memory)
#define GLUE_TAKE_BACK(memory) __tsan_acquire(memory)
#else
#define GLUE_HAND_OVER(memory) ((void)(memory))
#define GLUE_TAKE_BACK(memory) ((void)(memory))
#endif

#endif
