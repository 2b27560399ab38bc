/* Memory of large messages. */
#ifndef CORE_POOL_H
#define CORE_POOL_H

#include "core.h"

/* From how many bytes on a message that is sent comes from the pool. */
enum { CORE_POOL_MINIMUM = 64 * 1024 };

/* As zmq_msg_init_size, with memory from the pool if it has a limit above 0. */
int core_pool_message(zmq_msg_t *message, size_t size);

/* How many bytes it keeps at most; a negative number only asks. Returns the number before.
 * How many it keeps now. */
int64_t core_pool_limit(int64_t bytes);
int64_t core_pool_size(void);

#endif
