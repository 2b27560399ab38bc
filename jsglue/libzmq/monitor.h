/* Monitors of sockets. */
#ifndef CORE_MONITOR_H
#define CORE_MONITOR_H

#include "core.h"

/* Reports events of an open socket at an inproc endpoint; a former monitor of the socket ends.
 * receiver is the socket that the caller connects there, or NULL: then whatever socket connects
 * gets as many events as there are. 0, or an errno. */
int core_monitor_begin(core_socket *socket, const char *endpoint, int events, core_socket *receiver);

/* Ends the monitor of an open socket: 0, or an errno. */
int core_monitor_end(core_socket *socket);

/* After a call on a socket: its events are to be there. */
void core_monitor_pass_on(core_socket *socket);

/* Takes the error number of the last bind of an open socket that its monitor has reported as failed; 0: there is
 * none. libzmq's errno may be that of the report: zmq_bind() then fails with EAGAIN. */
int core_monitor_take_bind_error(core_socket *socket);

/* Before a socket that has a monitor, or is a receiver, is closed; and before its memory is freed. */
void core_monitor_detach(core_socket *socket);
void core_monitor_release(core_socket *receiver);

/* How many events a receiver did not get, because it did not take so many. */
uint64_t core_monitor_dropped(const core_socket *receiver);

#endif
