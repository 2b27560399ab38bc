#include "messages.h"

#include <stdlib.h>

int core_messages_reserve(core_messages *messages)
{
    if (messages->count < messages->capacity)
        return 0;
    size_t capacity = messages->capacity > 0 ? 2 * messages->capacity : 4;
    zmq_msg_t *list = malloc(capacity * sizeof *list);
    if (list == NULL)
        return ENOMEM;
    for (size_t i = 0; i < messages->count; i++) { /* messages may not be copied as bytes */
        zmq_msg_init(&list[i]);
        zmq_msg_move(&list[i], &messages->list[i]);
        zmq_msg_close(&messages->list[i]);
    }
    free(messages->list);
    messages->list = list;
    messages->capacity = capacity;
    return 0;
}

int core_messages_add(core_messages *messages, zmq_msg_t *message)
{
    if (core_messages_reserve(messages) != 0)
        return ENOMEM;
    zmq_msg_t *place = &messages->list[messages->count++];
    zmq_msg_init(place);
    zmq_msg_move(place, message);
    return 0;
}

void core_messages_drop(core_messages *messages, size_t first)
{
    while (messages->count > first)
        zmq_msg_close(&messages->list[--messages->count]);
}

void core_messages_free(core_messages *messages)
{
    core_messages_drop(messages, 0);
    free(messages->list);
    *messages = (core_messages){0};
}
