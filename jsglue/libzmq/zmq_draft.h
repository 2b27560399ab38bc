/* libzmq's draft API. A libzmq without it lacks these functions: their addresses are NULL then. */
#ifndef ZMQ_DRAFT_H
#define ZMQ_DRAFT_H

#include <stdint.h>
#include <zmq.h>

/* Declared in zmq.h only on demand. */
#ifndef ZMQ_BUILD_DRAFT_API
#define ZMQ_SERVER 12
#define ZMQ_CLIENT 13
#define ZMQ_RADIO 14
#define ZMQ_DISH 15
#define ZMQ_GATHER 16
#define ZMQ_SCATTER 17
#define ZMQ_DGRAM 18
#define ZMQ_PEER 19
#define ZMQ_CHANNEL 20

typedef struct zmq_poller_event_t {
    void *socket;
    zmq_fd_t fd;
    void *user_data;
    short events;
} zmq_poller_event_t;

int zmq_join(void *socket, const char *group);
int zmq_leave(void *socket, const char *group);
uint32_t zmq_connect_peer(void *socket, const char *endpoint);
int zmq_msg_set_routing_id(zmq_msg_t *message, uint32_t routing_id);
uint32_t zmq_msg_routing_id(zmq_msg_t *message);
int zmq_msg_set_group(zmq_msg_t *message, const char *group);
const char *zmq_msg_group(zmq_msg_t *message);
void *zmq_poller_new(void);
int zmq_poller_destroy(void **poller);
int zmq_poller_add(void *poller, void *socket, void *user_data, short events);
int zmq_poller_wait(void *poller, zmq_poller_event_t *event, long timeout);
int zmq_poller_fd(void *poller, zmq_fd_t *descriptor);
#endif

#pragma weak zmq_join
#pragma weak zmq_leave
#pragma weak zmq_connect_peer
#pragma weak zmq_msg_set_routing_id
#pragma weak zmq_msg_routing_id
#pragma weak zmq_msg_set_group
#pragma weak zmq_msg_group
#pragma weak zmq_poller_new
#pragma weak zmq_poller_destroy
#pragma weak zmq_poller_add
#pragma weak zmq_poller_wait
#pragma weak zmq_poller_fd

#endif
