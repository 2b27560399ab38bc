/* operations.c - see operations.h */
#include "operations.h"

#include <string.h>
#include <unistd.h>

static char large[1 << 20];

void world_open(struct world *world)
{
    memset(world, 0, sizeof *world);
    struct host *host = &world->host;
    host_open(host);
    pair_open(host, &world->pair);
    world->spare = run(world->pair.context, "socket", "k", "DEALER");
    world->poller = construct(host->zmq, "Poller", "");
    world->user_data = keep(host, fe_object(host->engine, NULL));
    run(world->poller, "add", "vkv", world->pair.pull, "POLLIN", world->user_data);
    world->array = keep(host, fe_array(host->engine, 2));
    for (size_t i = 0; i < 2; i++) {
        fe_value *word = fe_text(host->engine, i ? "two" : "one");
        fe_item_set(world->array, i, word);
        fe_release(word);
    }
}

/* ---- preparations of operations ----------------------------------------------------------- */

static void nothing(struct world *w) { (void)w; }
static void a_text(struct world *w) { run(w->pair.push, "send", "s", "text"); }
static void two_parts(struct world *w) { run(w->pair.push, "send_multipart", "v", w->array); }
static void an_int(struct world *w) { run(w->pair.push, "send", "i", 77); }
static void a_bigint(struct world *w) { run(w->pair.push, "send", "l", 1LL << 50); }
static void a_large_one(struct world *w)
{
    run(w->pair.push, "send", "b", large, sizeof large);
}

static void an_endpoint(struct world *w)
{
    attempt(w->spare, "bind", "s", "inproc://spare");
    if (w->host.engine->exception) caught(&w->host); /* it is still there */
}

static void a_closed_socket(struct world *w)
{
    run(w->pair.pull, "close", "");
}

/* ---- operations --------------------------------------------------------------------------- */

static fe_value *version(struct world *w) { return attempt(w->host.zmq, "version", ""); }
static fe_value *has(struct world *w) { return attempt(w->host.zmq, "has", "s", "ipc"); }
static fe_value *new_context(struct world *w)
{
    return attempt_construct(w->host.zmq, "Context", "");
}
static fe_value *new_poller(struct world *w)
{
    return attempt_construct(w->host.zmq, "Poller", "");
}
static fe_value *new_socket(struct world *w)
{
    return attempt(w->pair.context, "socket", "k", "REQ");
}
static fe_value *context_set(struct world *w)
{
    return attempt(w->pair.context, "set", "ki", "MAX_SOCKETS", 99);
}
static fe_value *context_get(struct world *w)
{
    return attempt(w->pair.context, "get", "k", "MAX_SOCKETS");
}
static fe_value *shut_down(struct world *w) { return attempt(w->pair.context, "shutdown", ""); }
static fe_value *bind_inproc(struct world *w)
{
    return attempt(w->spare, "bind", "s", "inproc://spare");
}
static fe_value *bind_tcp(struct world *w)
{
    return attempt(w->spare, "bind", "s", "tcp://127.0.0.1:*");
}
static fe_value *connect_inproc(struct world *w)
{
    return attempt(w->spare, "connect", "s", "inproc://later");
}
static fe_value *unbind(struct world *w)
{
    return attempt(w->spare, "unbind", "s", "inproc://spare");
}
static fe_value *close_socket(struct world *w) { return attempt(w->spare, "close", ""); }
static fe_value *send_null(struct world *w) { return attempt(w->pair.push, "send", "n"); }
static fe_value *send_boolean(struct world *w) { return attempt(w->pair.push, "send", "f"); }
static fe_value *send_int(struct world *w) { return attempt(w->pair.push, "send", "i", 5); }
static fe_value *send_double(struct world *w)
{
    return attempt(w->pair.push, "send", "d", 1099511627776.0);
}
static fe_value *send_bigint(struct world *w)
{
    return attempt(w->pair.push, "send", "l", 1LL << 40);
}
static fe_value *send_text(struct world *w)
{
    return attempt(w->pair.push, "send", "sk", "word", "DONTWAIT");
}
static fe_value *send_bytes(struct world *w)
{
    return attempt(w->pair.push, "send", "bi", "word", (size_t)4, 0);
}
static fe_value *send_large(struct world *w)
{
    return attempt(w->pair.push, "send", "b", large, sizeof large);
}
static fe_value *send_parts(struct world *w)
{
    return attempt(w->pair.push, "send_multipart", "v", w->array);
}
static fe_value *receive_parts(struct world *w)
{
    return attempt(w->pair.pull, "recv_multipart", "");
}
static fe_value *receive_into(struct world *w)
{
    return attempt(w->pair.pull, "recv_into", "bi", large, sizeof large, 3);
}
static fe_value *receive(struct world *w) { return attempt(w->pair.pull, "recv", "i", 0); }
static fe_value *receive_text(struct world *w) { return attempt(w->pair.pull, "recv_str", ""); }
static fe_value *receive_int(struct world *w) { return attempt(w->pair.pull, "recv_int", ""); }
static fe_value *receive_bigint(struct world *w)
{
    return attempt(w->pair.pull, "recv_bigint", "");
}
static fe_value *receive_bytes(struct world *w)
{
    return attempt(w->pair.pull, "recv_uint8ffarray", "k", "DONTWAIT");
}
static fe_value *receive_nothing(struct world *w)
{
    return attempt(w->pair.pull, "recv", "k", "DONTWAIT");
}
static fe_value *set_int(struct world *w)
{
    return attempt(w->spare, "setsockopt", "ki", "LINGER", 0);
}
static fe_value *set_text(struct world *w)
{
    return attempt(w->spare, "setsockopt", "ks", "ROUTING_ID", "name");
}
static fe_value *set_bytes(struct world *w)
{
    return attempt(w->spare, "setsockopt", "kb", "ROUTING_ID", "name", (size_t)4);
}
static fe_value *get_any(struct world *w)
{
    return attempt(w->pair.pull, "getsockopt", "k", "LAST_ENDPOINT");
}
static fe_value *get_int(struct world *w)
{
    return attempt(w->spare, "getsockopt_int", "k", "TYPE");
}
static fe_value *get_bigint(struct world *w)
{
    return attempt(w->spare, "getsockopt_bigint", "k", "AFFINITY");
}
static fe_value *get_text(struct world *w)
{
    return attempt(w->pair.pull, "getsockopt_str", "k", "LAST_ENDPOINT");
}
static fe_value *get_bytes(struct world *w)
{
    return attempt(w->pair.pull, "getsockopt_uint8ffarray", "k", "LAST_ENDPOINT");
}
static fe_value *poller_add(struct world *w)
{
    return attempt(w->poller, "add", "vkv", w->spare, "POLLIN", w->array);
}
static fe_value *poller_add_descriptor(struct world *w)
{
    return attempt(w->poller, "add", "iii", pollable_descriptor(), 4, 7);
}
static fe_value *poller_modify(struct world *w)
{
    return attempt(w->poller, "modify", "vk", w->pair.pull, "POLLOUT");
}
static fe_value *poller_remove(struct world *w)
{
    return attempt(w->poller, "remove", "v", w->pair.pull);
}
static fe_value *poller_size(struct world *w) { return attempt(w->poller, "size", ""); }
static fe_value *poller_wait(struct world *w) { return attempt(w->poller, "wait", "i", 1000); }
static fe_value *poller_wait_all(struct world *w)
{
    return attempt(w->poller, "wait_all", "ii", 8, 1000);
}
static fe_value *poller_poll_nothing(struct world *w) { return attempt(w->poller, "poll", ""); }

/* ---- the state afterwards
 * --------------------------------------------------------------------- */

static void any(struct world *w, fe_value *result) { (void)w, (void)result; }
static void zero(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_INT(number(result), 0);
}
static void undefined(struct world *w, fe_value *result)
{
    (void)w;
    CHECK(is(result, FE_UNDEFINED));
}
static void null(struct world *w, fe_value *result)
{
    (void)w;
    CHECK(is(result, FE_NULL));
}
static void instance(struct world *w, fe_value *result)
{
    (void)w;
    CHECK(is(result, FE_INSTANCE));
}

/* The last message that has arrived is the one that the operation sent; it has one
 * more if the first attempt failed only after its message had left. */
static void arrived(struct world *w, fe_value *result)
{
    fe_value *last = NULL, *next = NULL;
    while (!is(next = run(w->pair.pull, "recv", "k", "DONTWAIT"), FE_UNDEFINED)) last = next;
    CHECK(last && number(result) == (long long)last->as.bytes.length);
}
/* Both parts of the message, or of both messages. */
static void parts_arrived(struct world *w, fe_value *result)
{
    fe_value *next;
    int parts = 0;
    CHECK_INT(number(result), 6);
    for (; !is(next = run(w->pair.pull, "recv_str", "k", "DONTWAIT"), FE_UNDEFINED); parts++)
        CHECK_TEXT(text(next), parts % 2 ? "two" : "one");
    CHECK(parts == 2 || parts == 4);
}
static void parts(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_INT((long long)result->as.array.length, 2);
    for (size_t i = 0; i < 2; i++)
        CHECK(memcmp(item(result, i)->as.bytes.data, i ? "two" : "one", 3) == 0);
}
static void size_4(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_INT(number(result), 4);
}
static void text_text(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_TEXT(text(result), "text");
}
static void int_77(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_INT(number(result), 77);
}
static void bigint_50(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_INT(number(result), 1LL << 50);
}
static void bytes_text(struct world *w, fe_value *result)
{
    (void)w;
    CHECK(result->as.bytes.length == 4 && memcmp(result->as.bytes.data, "text", 4) == 0);
}
static void bytes_large(struct world *w, fe_value *result)
{
    (void)w;
    CHECK(result->as.bytes.length == sizeof large);
    CHECK(memcmp(result->as.bytes.data, large, sizeof large) == 0);
}
static void endpoint(struct world *w, fe_value *result)
{
    (void)w;
    CHECK_TEXT(text(result), "inproc://pair");
}
static void event(struct world *w, fe_value *result)
{
    CHECK(get(result, "socket") == w->pair.pull);
    CHECK(get(result, "user_data") == w->user_data);
}
static void one_event(struct world *w, fe_value *result)
{
    CHECK_INT((long long)result->as.array.length, 1);
    event(w, item(result, 0));
}
static void added(struct world *w, fe_value *result)
{
    zero(w, result);
    CHECK_INT(number(run(w->poller, "size", "")), 2);
}
/* The poller holds none of its former entries. */
static void emptied(struct world *w, fe_value *result)
{
    zero(w, result);
    CHECK_INT(number(run(w->poller, "size", "")), 0);
    CHECK_INT((long long)w->user_data->references, 1);
}
static void knows_of_close(struct world *w, fe_value *result)
{
    emptied(w, result);
    CHECK_INT((long long)w->pair.pull->references, 1);
}

const struct operation operations[] = {
    {"version", nothing, version, any},
    {"has", nothing, has, any},
    {"new Context", nothing, new_context, instance},
    {"new Poller", nothing, new_poller, instance},
    {"socket", nothing, new_socket, instance},
    {"Context.set", nothing, context_set, zero},
    {"Context.get", nothing, context_get, any},
    {"shutdown", nothing, shut_down, zero},
    {"bind inproc", nothing, bind_inproc, zero},
    {"bind tcp", nothing, bind_tcp, zero},
    {"connect", nothing, connect_inproc, zero},
    {"unbind", an_endpoint, unbind, zero},
    {"close", nothing, close_socket, zero},
    {"send null", nothing, send_null, arrived},
    {"send boolean", nothing, send_boolean, arrived},
    {"send int", nothing, send_int, arrived},
    {"send double", nothing, send_double, arrived},
    {"send bigint", nothing, send_bigint, arrived},
    {"send string", nothing, send_text, arrived},
    {"send bytes", nothing, send_bytes, arrived},
    {"send 1 MiB", nothing, send_large, arrived},
    {"send_multipart", nothing, send_parts, parts_arrived},
    {"recv_multipart", two_parts, receive_parts, parts},
    {"recv_into", a_text, receive_into, size_4},
    {"recv", a_text, receive, bytes_text},
    {"recv 1 MiB", a_large_one, receive, bytes_large},
    {"recv_str", a_text, receive_text, text_text},
    {"recv_int", an_int, receive_int, int_77},
    {"recv_bigint", a_bigint, receive_bigint, bigint_50},
    {"recv_uint8ffarray", a_text, receive_bytes, bytes_text},
    {"recv of nothing", nothing, receive_nothing, undefined},
    {"setsockopt int", nothing, set_int, zero},
    {"setsockopt string", nothing, set_text, zero},
    {"setsockopt bytes", nothing, set_bytes, zero},
    {"getsockopt", nothing, get_any, endpoint},
    {"getsockopt_int", nothing, get_int, any},
    {"getsockopt_bigint", nothing, get_bigint, any},
    {"getsockopt_str", nothing, get_text, endpoint},
    {"getsockopt_uint8ffarray", nothing, get_bytes, any},
    {"Poller.add", nothing, poller_add, added},
    {"Poller.add of a descriptor", nothing, poller_add_descriptor, added},
    {"Poller.modify", nothing, poller_modify, zero},
    {"Poller.remove", nothing, poller_remove, emptied},
    {"Poller.size", nothing, poller_size, any},
    {"Poller.size after a close", a_closed_socket, poller_size, knows_of_close},
    {"Poller.wait", a_text, poller_wait, event},
    {"Poller.wait_all", a_text, poller_wait_all, one_event},
    {"Poller.poll of nothing", nothing, poller_poll_nothing, null},
    {NULL, NULL, NULL, NULL},
};
