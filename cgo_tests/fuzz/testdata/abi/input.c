/* input.c - bytes that a run follows from: those of the input, then what follows from them */
#include "abi.h"

struct input input_of(const uint8_t *data, size_t size)
{
    struct input input = {data, size, 2166136261u};
    for (size_t i = 0; i < size; i++) input.state = (input.state ^ data[i]) * 16777619u;
    input.state |= 1;
    return input;
}

unsigned take(struct input *input)
{
    if (input->size) {
        input->size--;
        return *input->data++;
    }
    input->state ^= input->state << 13;
    input->state ^= input->state >> 17;
    input->state ^= input->state << 5;
    return input->state >> 11 & 0xff;
}

unsigned choose(struct input *input, unsigned n) { return take(input) % n; }

int rarely(struct input *input, unsigned n) { return choose(input, n) == n - 1; }
