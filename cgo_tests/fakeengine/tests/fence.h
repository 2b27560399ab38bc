/*
 * fence.h - memory that bites: nothing can be read behind its end, nor any of it
 * after fence_end()
 */
#ifndef FENCE_H
#define FENCE_H

#include <stddef.h>

void *fence_copy(const void *data, size_t length);
void fence_end(void *data, size_t length);

#endif
