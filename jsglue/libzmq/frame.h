/* The memory of a call, and the kinds of its failures. */
#ifndef FRAME_H
#define FRAME_H

#include "core.h"
#include "zmqjs.h"

enum core_failure_kind {
    CORE_FAILED_ERRNO = 1,   /* number: an errno, of libzmq or of the system */
    CORE_FAILED_INTERRUPTED, /* a wait was interrupted */
    CORE_FAILED_THIS,        /* this is no instance of the function's class */
    CORE_FAILED_ARGUMENTS,   /* the arguments are not those that the function takes */
    CORE_FAILED_SIZE,        /* number: the size of a message that should have another one */
    CORE_FAILED_OPTION,      /* number: the size of an option that does not have 32 bits */
    CORE_FAILED_EVENT,       /* a message is no event of a monitor */
    CORE_FAILED_RUNTIME,     /* no runtime, or one that was freed */
    CORE_FAILED_BUSY,        /* another thread is inside the runtime, or it is being freed */
    CORE_FAILED_LEFT,        /* a thread ended in the middle of a call */
    CORE_FAILED_ENDING,      /* the process is ending */
    CORE_FAILED_CHILD        /* a child made by fork() */
};

typedef struct core_failure {
    uint32_t kind; /* enum core_failure_kind */
    int64_t number;
} core_failure;

/* Explains the failure of a call in frame->error. The shared library sets it; it is called for
 * operations whose function is not NULL. */
extern void (*core_put_failure)(const zmqjs_function *function, zmqjs_frame *frame);

/* Messages up to this size are copied into the frame and need no release. */
enum { CORE_SMALL = 64 };

/* Memory of a call that is freed with its frame. */
typedef struct core_block {
    struct core_block *next;
    size_t message_count; /* the number of messages that follow and have to be closed */
    zmq_msg_t messages[];
} core_block;

enum core_held { CORE_HOLDS_NOTHING, CORE_HOLDS_MESSAGE, CORE_HOLDS_BLOCKS };

/* frame->reserved. Only held is set in every call. */
typedef struct core_frame {
    uint32_t held; /* enum core_held */
    core_block *blocks;
    union {
        struct {
            zmq_msg_t message;
            unsigned char small[CORE_SMALL];
        } received;
        zmqjs_data event[8];
        zmqjs_keep keep[2];
        core_failure failure;
    } as;
    zmqjs_data arguments[2]; /* of a fast call that fails: the arguments, for the explanation of the failure */
} core_frame;

_Static_assert(sizeof(core_frame) <= sizeof((zmqjs_frame){0}.reserved), "a core_frame fits into a zmqjs_frame");

static inline core_frame *core_frame_of(zmqjs_frame *frame)
{
    return (core_frame *)(void *)frame->reserved;
}

/* Memory that is freed with the frame; NULL if there is none left. The messages, count of them,
 * follow the block's head; size bytes follow the messages. */
core_block *core_frame_block(zmqjs_frame *frame, size_t count, size_t size);
void *core_frame_allocate(zmqjs_frame *frame, size_t size);

void core_frame_release(zmqjs_frame *frame);
int core_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release, void **argument);

#endif
