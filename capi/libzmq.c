/*
 * Which libzmq the process uses for the library. The dynamic linker searches the program and its
 * libraries first, so that a libzmq of the host takes precedence over the library's. If the host
 * defines only some of the functions, two libzmq would get each other's contexts and sockets; so
 * that is refused.
 */
#include "capi.h"
#include "zmq_draft.h"

#include <stdio.h>

typedef struct function_of_libzmq {
    const char *name;
    void (*address)(void);
} function_of_libzmq;

#define FUNCTION(name) {#name, (void (*)(void))(name)}

/* All functions of libzmq that the library calls; a test compares them. */
static const function_of_libzmq functions[] = {
    FUNCTION(zmq_ctx_new),
    FUNCTION(zmq_bind),
    FUNCTION(zmq_close),
    FUNCTION(zmq_connect),
    FUNCTION(zmq_ctx_get),
    FUNCTION(zmq_ctx_set),
    FUNCTION(zmq_ctx_shutdown),
    FUNCTION(zmq_ctx_term),
    FUNCTION(zmq_curve_keypair),
    FUNCTION(zmq_curve_public),
    FUNCTION(zmq_disconnect),
    FUNCTION(zmq_errno),
    FUNCTION(zmq_getsockopt),
    FUNCTION(zmq_has),
    FUNCTION(zmq_msg_close),
    FUNCTION(zmq_msg_copy),
    FUNCTION(zmq_msg_data),
    FUNCTION(zmq_msg_get),
    FUNCTION(zmq_msg_gets),
    FUNCTION(zmq_msg_init),
    FUNCTION(zmq_msg_init_data),
    FUNCTION(zmq_msg_init_size),
    FUNCTION(zmq_msg_more),
    FUNCTION(zmq_msg_move),
    FUNCTION(zmq_msg_recv),
    FUNCTION(zmq_msg_send),
    FUNCTION(zmq_msg_size),
    FUNCTION(zmq_poll),
    FUNCTION(zmq_proxy),
    FUNCTION(zmq_proxy_steerable),
    FUNCTION(zmq_send),
    FUNCTION(zmq_setsockopt),
    FUNCTION(zmq_socket),
    FUNCTION(zmq_socket_monitor),
    FUNCTION(zmq_strerror),
    FUNCTION(zmq_unbind),
    FUNCTION(zmq_version),
    FUNCTION(zmq_z85_decode),
    FUNCTION(zmq_z85_encode),
    /* From the draft API. */
    FUNCTION(zmq_connect_peer),
    FUNCTION(zmq_join),
    FUNCTION(zmq_leave),
    FUNCTION(zmq_msg_group),
    FUNCTION(zmq_msg_routing_id),
    FUNCTION(zmq_msg_set_group),
    FUNCTION(zmq_msg_set_routing_id),
    FUNCTION(zmq_poller_add),
    FUNCTION(zmq_poller_destroy),
    FUNCTION(zmq_poller_fd),
    FUNCTION(zmq_poller_new),
    FUNCTION(zmq_poller_wait),
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

static core_module where_is(const function_of_libzmq *function)
{
    return core_module_of((const void *)(uintptr_t)function->address);
}

/* The first function that comes from another libzmq than zmq_ctx_new, or NULL. */
static const function_of_libzmq *foreign_symbol;

__attribute__((constructor)) static void compare(void)
{
    const void *base = where_is(&functions[0]).base;
    for (int i = 1; i < FUNCTIONS && foreign_symbol == NULL; i++)
        if (functions[i].address != NULL && where_is(&functions[i]).base != base)
            foreign_symbol = &functions[i];
}

int libzmq_is_mixed(void)
{
    return foreign_symbol != NULL;
}

int libzmq_fail_mixed(void)
{
    return status_fail(ZMQJS_UNAVAILABLE,
                       "two libzmq in one process: zmq_ctx_new is in %s, but %s in %s; the host must export all of "
                       "its libzmq or none of it",
                       where_is(&functions[0]).path, foreign_symbol->name, where_is(foreign_symbol).path);
}

const char *zmqjs_libzmq_path(void)
{
    return where_is(&functions[0]).path;
}
