/* Proxies. */
#ifndef CORE_PROXY_H
#define CORE_PROXY_H

#include "core.h"
#include "socket.h"

typedef struct core_proxy {
    core_socket *sockets[2]; /* frontend and backend, which may be the same */
    core_socket *capture;    /* or NULL */
    int events[2];           /* of the sockets, to wait for before the next turn */
    core_messages parts;     /* of the current message */
    int skips_capture;       /* capture had no room for the current message */
    core_traffic received[2], sent[2];
} core_proxy;

/* Passes waiting messages on, for a limited number of messages: 0, or an errno. */
int core_proxy_pass(core_proxy *proxy);

#endif
