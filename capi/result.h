#ifndef RESULT_H
#define RESULT_H

#include "capi.h"

/* Makes a value of a result: ZMQJS_OK, or ZMQJS_EXCEPTION. */
int result_make(const call *call, result *result, zmqjs_value *value);

#endif
