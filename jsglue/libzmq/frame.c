#include "frame.h"
#include "message.h"

#include <stdlib.h>

core_block *core_frame_block(zmqjs_frame *frame, size_t count, size_t size)
{
    core_frame *memory = core_frame_of(frame);
    core_block *block = malloc(sizeof *block + count * sizeof *block->messages + size);
    if (block == NULL)
        return NULL;
    if (memory->held != CORE_HOLDS_BLOCKS)
        memory->blocks = NULL;
    memory->held = CORE_HOLDS_BLOCKS;
    block->next = memory->blocks;
    block->message_count = 0;
    memory->blocks = block;
    return block;
}

void *core_frame_allocate(zmqjs_frame *frame, size_t size)
{
    core_block *block = core_frame_block(frame, 0, size);
    return block != NULL ? block->messages : NULL;
}

static void free_blocks(core_block *block)
{
    while (block != NULL) {
        core_block *next = block->next;
        while (block->message_count > 0)
            zmq_msg_close(&block->messages[--block->message_count]);
        free(block);
        block = next;
    }
}

void core_frame_release(zmqjs_frame *frame)
{
    core_frame *memory = core_frame_of(frame);
    if (memory->held == CORE_HOLDS_MESSAGE)
        zmq_msg_close(&memory->as.received.message);
    else if (memory->held == CORE_HOLDS_BLOCKS)
        free_blocks(memory->blocks);
    memory->held = CORE_HOLDS_NOTHING;
}

/* The frame's message that contains certain bytes, or NULL. */
static zmq_msg_t *find_message(zmqjs_frame *frame, const zmqjs_data *bytes)
{
    core_frame *memory = core_frame_of(frame);
    if (memory->held == CORE_HOLDS_MESSAGE)
        return zmq_msg_data(&memory->as.received.message) == bytes->as.data ? &memory->as.received.message : NULL;
    if (memory->held != CORE_HOLDS_BLOCKS)
        return NULL;
    for (core_block *block = memory->blocks; block != NULL; block = block->next)
        for (size_t i = 0; i < block->message_count; i++)
            if (zmq_msg_data(&block->messages[i]) == bytes->as.data)
                return &block->messages[i];
    return NULL;
}

int core_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release, void **argument)
{
    if (bytes->type != ZMQJS_BYTES || (bytes->flags & ZMQJS_ADOPTABLE) == 0)
        return ZMQJS_INVALID_ARGUMENT;
    zmq_msg_t *message = find_message(frame, bytes);
    if (message == NULL || zmq_msg_size(message) != bytes->length)
        return ZMQJS_INVALID_ARGUMENT;
    zmq_msg_t *taken = malloc(sizeof *taken);
    if (taken == NULL)
        return ZMQJS_OUT_OF_MEMORY;
    zmq_msg_init(taken);
    zmq_msg_move(taken, message);
    *release = core_message_free;
    *argument = taken;
    return ZMQJS_OK;
}
