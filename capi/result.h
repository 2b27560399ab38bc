#ifndef RESULT_H
#define RESULT_H

#include "capi.h"

/* Makes a value of a result: ZMQJS_OK, or ZMQJS_EXCEPTION. */
int result_make(const call *call, result *result, zmqjs_value *value);

/* Makes the call's result of it: the same, or ZMQJS_DATA. */
int result_return(const call *call, result *result);

#endif
