/* The options --trace and --stat: they print the events and counters of sockets to standard error. */
#ifndef OBSERVE_H
#define OBSERVE_H

#include <zmqjs.h>

/* "PUSH", or "?" for a type that is unknown here. */
const char *socket_type_name(int type);

/* Whether standard error is a terminal that may be written to in colour. */
int may_colour(void);

/* Prints each event as it happens: as a line for people, or of JSON. */
void trace_start(int json);

/* Prints, once a second and at the end, the counters of each socket: as a table, or a line of JSON.
 * 0, or an errno. */
int stat_start(int json);
void stat_end(void);

#endif
