/* Endpoints of inproc that are not bound yet. */
#ifndef CORE_INPROC_H
#define CORE_INPROC_H

#include "core.h"

/* Called before an open socket connects to an endpoint of inproc. Returns 0; an errno; or one of
 * these numbers: the socket has CONFLATE, with which libzmq aborts if the endpoint is not bound;
 * or it is a DISH and the bound socket is not a RADIO, or vice versa. */
enum { CORE_INPROC_CONFLATES = -1, CORE_INPROC_NOT_RADIO = -2 };
int core_inproc_connecting(core_socket *socket, const char *endpoint);

/* Called after that if the connection has failed. */
void core_inproc_not_connected(const core_socket *socket, const char *endpoint);

/* Whether libzmq survives if a socket of a type is bound to the endpoint, or if an open socket
 * ends a bind or connect: 1 or 0. It does not if a PAIR gets a ROUTER or REP that waits, nor if
 * a socket is bound after such a wait has ended. */
int core_inproc_can_bind(core_context *context, int type, const char *endpoint);
int core_inproc_can_end(const core_socket *socket, const char *endpoint);

/* Whether all sockets that wait at an endpoint can be peers of a socket of a type: 1 or 0. */
int core_inproc_suits(core_context *context, int type, const char *endpoint);

/* Called after an open socket has bound an endpoint (NULL: something else has bound it), after
 * an open socket has unbound it, and before a socket is closed. */
void core_inproc_bound(core_context *context, const core_socket *socket, const char *endpoint);
void core_inproc_unbound(const core_socket *socket, const char *endpoint);
void core_inproc_closed(const core_socket *socket);

/* Called before the context is terminated or shut down. */
void core_inproc_end(core_context *context);

#endif
