/* Settings in the environment. */
#ifndef CORE_ENVIRONMENT_H
#define CORE_ENVIRONMENT_H

#include "core.h"

/* The value of an environment variable if it is a whole number from 0 to maximum; otherwise
 * usual. */
int64_t core_environment(const char *variable, int64_t maximum, int64_t usual);

#endif
