#include <duktape.h>

#include "zmqjs_duktape.h"
