#ifndef RESULT_H
#define RESULT_H

#include "capi.h"

/* Makes a value of a result: ZMQJS_OK, or ZMQJS_EXCEPTION. */
int result_make(const call *call, result *result, zmqjs_value *value);

/* Throws an Error with code ENOMEM in the engine. */
void result_throw_out_of_memory(const call *call);

#endif
