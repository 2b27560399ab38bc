/* Monitors of sockets. */
#ifndef CORE_MONITOR_H
#define CORE_MONITOR_H

#include "core.h"

/* Reports events of an open socket at an inproc endpoint; it ends a former monitor of the
 * socket. receiver is the socket that the caller connects there, or NULL: then a socket that
 * connects gets all events at once. Returns 0, or an errno. */
int core_monitor_begin(core_socket *socket, const char *endpoint, int events, core_socket *receiver);

/* Ends the monitor of an open socket: 0, or an errno. */
int core_monitor_end(core_socket *socket);

/* The first part of an event: its number in 16 bits and its value in 32. The second part is the
 * endpoint. */
enum { CORE_EVENT_SIZE = 6 };

/* Describes the failure that an event reports; "" if the value has no meaning. made has room for
 * CORE_EXPLANATION bytes: "refused with status 400". */
enum { CORE_EXPLANATION = 64 };
const char *core_monitor_explain(int event, int32_t value, char *made);

/* Called after a call on a socket, whose events must have been passed on when it returns. */
void core_monitor_pass_on(core_socket *socket);

/* Returns the error number of the last bind of an open socket that its monitor has reported as
 * failed, once; 0 if there is none. The report can change libzmq's errno: zmq_bind() then fails
 * with EAGAIN. */
int core_monitor_take_bind_error(core_socket *socket);

/* Called before a socket that has a monitor, or is a receiver, is closed, and before its memory
 * is freed. */
void core_monitor_detach(core_socket *socket);
void core_monitor_release(core_socket *receiver);

/* The number of events that were dropped because a receiver did not receive them. */
uint64_t core_monitor_dropped(const core_socket *receiver);

#endif
