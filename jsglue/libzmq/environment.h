/* Settings in the environment. */
#ifndef CORE_ENVIRONMENT_H
#define CORE_ENVIRONMENT_H

#include "core.h"

/* A whole number from 0 to maximum that a variable of the environment has; else usual. */
int64_t core_environment(const char *variable, int64_t maximum, int64_t usual);

#endif
