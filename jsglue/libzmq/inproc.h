/* Endpoints of inproc that are not bound yet. */
#ifndef CORE_INPROC_H
#define CORE_INPROC_H

#include "core.h"

/* Before an open socket connects to an endpoint of inproc: 0, or an errno, or: the socket has
 * CONFLATE, with which libzmq aborts where nobody has bound the endpoint; or is a DISH, and what is bound there is no
 * RADIO, or the other way round. */
enum { CORE_INPROC_CONFLATES = -1, CORE_INPROC_NOT_RADIO = -2 };
int core_inproc_connecting(core_socket *socket, const char *endpoint);

/* After that, if it has failed. */
void core_inproc_not_connected(const core_socket *socket, const char *endpoint);

/* Whether libzmq survives that a socket of a type is bound to the endpoint, or that an open socket
 * ends a bind or connect: 1 or 0. It does not where a PAIR gets a ROUTER or REP that waits, nor
 * where anything is bound after these have ceased to wait. */
int core_inproc_can_bind(core_context *context, int type, const char *endpoint);
int core_inproc_can_end(const core_socket *socket, const char *endpoint);

/* Whether all that wait at an endpoint can be peers of a socket of a type: 1 or 0. */
int core_inproc_suits(core_context *context, int type, const char *endpoint);

/* After an open socket has bound an endpoint, or something else for a socket of NULL; after an
 * open socket has unbound it; before one is closed. */
void core_inproc_bound(core_context *context, const core_socket *socket, const char *endpoint);
void core_inproc_unbound(const core_socket *socket, const char *endpoint);
void core_inproc_closed(const core_socket *socket);

/* Before the context is terminated or shut down. */
void core_inproc_end(core_context *context);

#endif
