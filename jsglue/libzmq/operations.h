/* Every operation, grouped by file. */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include "operation.h"

/* op_context.c */
core_operation op_term, op_context_dispose, op_context_descriptor;

/* op_proxy.c */
core_operation op_proxy;

/* op_send.c */
core_operation op_send, op_send_to, op_send_multipart;
core_fast_operation op_send_fast;

/* op_receive.c, op_multipart.c */
core_operation op_receive_bytes, op_receive_string, op_receive_int, op_receive_bigint, op_receive_into;
core_operation op_receive_multipart, op_receive_message;
core_fast_operation op_receive_bytes_fast, op_receive_string_fast, op_receive_int_fast, op_receive_bigint_fast;

/* op_socket.c */
core_operation op_get_int, op_closed, op_type, op_descriptor, op_events;
core_fast_operation op_get_int_fast;
core_operation op_messages_sent, op_bytes_sent, op_messages_received, op_bytes_received;

/* op_poller.c */
core_operation op_poller_size, op_poller_add, op_poller_modify, op_poller_remove, op_poller_clear;
core_operation op_poller_descriptor;

/* op_poller_wait.c */
core_operation op_poller_wait, op_poller_poll, op_poller_wait_all, op_poller_poll_all;

/* op_monitor.c */
core_operation op_receive_event, op_monitor_receive, op_monitor_next;
core_operation op_monitor_closed, op_monitor_descriptor, op_monitor_events, op_monitor_dropped;

#endif
