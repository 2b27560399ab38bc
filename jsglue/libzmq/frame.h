/* The memory of a call, and how it fails. */
#ifndef FRAME_H
#define FRAME_H

#include "glue.h"
#include "zmqjs.h"

enum glue_failure_kind {
    GLUE_FAILED_ERRNO = 1,   /* number: an errno, of libzmq or of the system */
    GLUE_FAILED_INTERRUPTED, /* a wait was interrupted */
    GLUE_FAILED_THIS,        /* this is no instance of the function's class */
    GLUE_FAILED_ARGUMENTS,   /* the arguments are not those that the function takes */
    GLUE_FAILED_SIZE,        /* number: the size of a message that was to have another one */
    GLUE_FAILED_OPTION,      /* number: the size of an option that is none of 32 bits */
    GLUE_FAILED_EVENT,       /* a message is no event of a monitor */
    GLUE_FAILED_RUNTIME,     /* no runtime, or one that was freed */
    GLUE_FAILED_BUSY,        /* another thread is inside the runtime, or it is being freed */
    GLUE_FAILED_LEFT,        /* a thread ended in the middle of a call */
    GLUE_FAILED_ENDING,      /* the process is ending */
    GLUE_FAILED_CHILD        /* a child made by fork() */
};

typedef struct glue_failure {
    uint32_t kind; /* enum glue_failure_kind */
    int64_t number;
} glue_failure;

/* Puts the failure of a call into words: it writes frame->error. Set by the shared library, and
 * called for operations whose function is not NULL. */
extern void (*glue_put_failure)(const zmqjs_function *function, zmqjs_frame *frame);

/* Messages up to this size are copied into the frame: they need no release. */
enum { GLUE_SMALL = 64 };

/* Memory of a call that is freed with its frame. */
typedef struct glue_block {
    struct glue_block *next;
    size_t message_count; /* so many messages follow, to be closed */
    zmq_msg_t messages[];
} glue_block;

enum glue_held { GLUE_HOLDS_NOTHING, GLUE_HOLDS_MESSAGE, GLUE_HOLDS_BLOCKS };

/* frame->reserved. Only held is set in every call. */
typedef struct glue_frame {
    uint32_t held; /* enum glue_held */
    glue_block *blocks;
    union {
        struct {
            zmq_msg_t message;
            unsigned char small[GLUE_SMALL];
        } received;
        zmqjs_data event[8];
        zmqjs_keep keep[2];
        glue_failure failure;
    } as;
    zmqjs_data arguments[2]; /* of a fast call that fails: those of the frame, for who puts the failure into words */
} glue_frame;

_Static_assert(sizeof(glue_frame) <= sizeof((zmqjs_frame){0}.reserved), "a glue_frame fits into a zmqjs_frame");

static inline glue_frame *glue_frame_of(zmqjs_frame *frame)
{
    return (glue_frame *)(void *)frame->reserved;
}

/* Memory that is freed with the frame, which then holds blocks; NULL if there is none. The first of
 * count messages follow the block's head; the rest is size bytes after them. */
glue_block *glue_frame_block(zmqjs_frame *frame, size_t count, size_t size);
void *glue_frame_allocate(zmqjs_frame *frame, size_t size);

void glue_frame_release(zmqjs_frame *frame);
int glue_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release, void **argument);

#endif
