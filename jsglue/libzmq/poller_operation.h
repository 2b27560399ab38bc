/* Declarations that the operations of pollers share. */
#ifndef POLLER_OPERATION_H
#define POLLER_OPERATION_H

#include "operation.h"

/* Ends a call that has a result: the instance drops the values of removed entries. */
int op_poller_finish(const operation *op, int status);

#endif
