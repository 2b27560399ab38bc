/* What a runner shows of its script's sockets on standard error: --trace, --stat. */
#ifndef OBSERVE_H
#define OBSERVE_H

#include <zmqjs.h>

/* "PUSH", or "?" for a type that is unknown here. */
const char *socket_type_name(int type);

/* Whether standard error is a terminal that may be written to in colour. */
int may_colour(void);

/* Prints each event as it happens. */
void trace_start(void);

/* Prints, once a second and at the end, what passes each socket. 0, or an errno. */
int stat_start(void);
void stat_end(void);

#endif
