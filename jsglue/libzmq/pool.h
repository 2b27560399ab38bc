/* Memory of large messages. */
#ifndef CORE_POOL_H
#define CORE_POOL_H

#include "core.h"

/* The size in bytes from which on a sent message comes from the pool. */
enum { CORE_POOL_MINIMUM = 64 * 1024 };

/* As zmq_msg_init_size, with memory from the pool if it has a limit above 0. */
int core_pool_message(zmq_msg_t *message, size_t size);

/* Sets the maximum of bytes that the pool keeps, if not negative, and returns the previous one.
 * Returns the number of bytes that it keeps now. */
int64_t core_pool_limit(int64_t bytes);
int64_t core_pool_size(void);

#endif
