#include "abi.h"

unsigned take(struct input *input)
{
    if (!input->size) return 0;
    input->size--;
    return *input->data++;
}

unsigned choose(struct input *input, unsigned n) { return take(input) % n; }
