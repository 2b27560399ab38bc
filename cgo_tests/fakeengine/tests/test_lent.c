/*
 * test_lent.c - bytes that the library may use after the call (ZMQJS_LENT): it gives back every
 * reference that it takes, and takes none where it makes a copy
 */
#include "check.h"
#include "direct.h"
#include "library.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGE = 1 << 20, SMALL = 1000 };

/* Bytes with the number of the library's references. */
struct loan {
    zmqjs_lent lent; /* first */
    atomic_int retained, released;
};

static void retain(zmqjs_lent *lent) { atomic_fetch_add(&((struct loan *)lent)->retained, 1); }

static void release(zmqjs_lent *lent) { atomic_fetch_add(&((struct loan *)lent)->released, 1); }

static struct loan *new_loan(int content)
{
    struct loan *loan = calloc(1, sizeof *loan);
    CHECK(loan);
    loan->lent.data = malloc(LARGE);
    CHECK(loan->lent.data);
    memset(loan->lent.data, content, LARGE);
    loan->lent.retain = retain;
    loan->lent.release = release;
    return loan;
}

/* Waits until all is given back, and writes to the memory: sanitizers report later reads. */
static void end_loan(struct loan *loan, int retained)
{
    CHECK_INT(atomic_load(&loan->retained), retained);
    while (atomic_load(&loan->released) < retained) pause_ms(1);
    CHECK_INT(atomic_load(&loan->released), retained);
    memset(loan->lent.data, 0, LARGE);
    free(loan->lent.data);
    free(loan);
}

static zmqjs_data lend(struct loan *loan, size_t length)
{
    zmqjs_data data = {ZMQJS_LENT, 0, {0}, length};
    data.as.lent = &loan->lent;
    return data;
}

/* Names of sockets that need no file. */
static const char *ipc_endpoint(char *text, size_t size, const char *name)
{
    need_ipc();
    snprintf(text, size, "ipc://@zmqjs-%s-%d", name, (int)getpid());
    return text;
}

static void expect_bytes(const struct scene *s, size_t length, int content)
{
    const zmqjs_function *recv = function_named("Socket", "recv");
    zmqjs_frame frame;
    frame.runtime = s->runtime;
    frame.self = s->pull;
    frame.arguments = NULL;
    frame.argument_count = 0;
    CHECK(recv->call(recv, &frame) >= 0);
    CHECK_INT((long long)frame.result.length, (long long)length);
    const char *bytes = frame.result.as.data;
    for (size_t i = 0; i < length; i++) CHECK(bytes[i] == content);
    library_zmqjs_frame_release(&frame);
}

/* Sent without a copy, one after the other, and given back once each is sent. */
static void sent(void)
{
    enum { COUNT = 5 };
    struct scene s;
    struct loan *loans[COUNT];
    char endpoint[64];
    scene_open(&s, ipc_endpoint(endpoint, sizeof endpoint, "sent"));
    CHECK(function_named("Socket", "send")->lends & 1);
    for (int i = 0; i < COUNT; i++) {
        loans[i] = new_loan(i);
        zmqjs_data argument = lend(loans[i], LARGE);
        CHECK_INT(scene_must(&s, s.push, "Socket", "send", 1, &argument).as.int32, LARGE);
    }
    for (int i = 0; i < COUNT; i++) {
        expect_bytes(&s, LARGE, i);
        end_loan(loans[i], 1);
    }
    scene_close(&s);
}

/* Copied bytes are not held: small ones, and those sent over inproc. */
static void copied(void)
{
    struct scene s;
    char endpoint[64];
    for (int inproc = 0; inproc < 2; inproc++) {
        struct loan *loan = new_loan(7);
        zmqjs_data small = lend(loan, SMALL), large = lend(loan, LARGE);
        scene_open(&s, inproc ? "inproc://copied" : ipc_endpoint(endpoint, sizeof endpoint, "copied"));
        scene_must(&s, s.push, "Socket", "send", 1, &small);
        if (inproc) scene_must(&s, s.push, "Socket", "send", 1, &large);
        CHECK_INT(atomic_load(&loan->retained), 0);
        expect_bytes(&s, SMALL, 7);
        if (inproc) expect_bytes(&s, LARGE, 7);
        scene_close(&s);
        end_loan(loan, 0);
    }
}

/* In a shared context, which may outlast the runtime, only those that may be released after its end. */
static void lasting(void)
{
    struct scene s;
    char endpoint[64];
    struct loan *loan = new_loan(4), *lasts = new_loan(5);
    zmqjs_data copied = lend(loan, LARGE), sent = lend(lasts, LARGE);
    sent.flags = ZMQJS_LASTING;
    scene_open_shared(&s, ipc_endpoint(endpoint, sizeof endpoint, "lasting"));
    scene_must(&s, s.push, "Socket", "send", 1, &copied);
    scene_must(&s, s.push, "Socket", "send", 1, &sent);
    CHECK_INT(atomic_load(&loan->retained), 0);
    expect_bytes(&s, LARGE, 4);
    expect_bytes(&s, LARGE, 5);
    scene_close(&s);
    end_loan(loan, 0);
    end_loan(lasts, 1);
}

/* Calls that fail hold nothing when they return. */
static void refused(void)
{
    struct scene s;
    char endpoint[64];
    struct loan *loan = new_loan(1);
    zmqjs_data arguments[] = {lend(loan, LARGE), data_constant("DONTWAIT")};
    zmqjs_data wrong[] = {lend(loan, LARGE), data_text("flags")};
    const zmqjs_function *send = function_named("Socket", "send");
    scene_open(&s, ipc_endpoint(endpoint, sizeof endpoint, "refused"));
    zmqjs_instance *alone = scene_socket(&s, "PUSH");
    struct outcome outcome = direct_call(s.runtime, alone, send, 2, arguments); /* no peer: once it is tried */
    CHECK_STATUS(outcome.status, ZMQJS_OK);
    CHECK_INT(outcome.result.type, ZMQJS_UNDEFINED);
    CHECK_INT(atomic_load(&loan->released), 1);
    outcome = direct_call(s.runtime, s.push, send, 2, wrong);
    CHECK_STATUS(outcome.status, ZMQJS_EXCEPTION);
    CHECK_CONTAINS(outcome.message, "flags");
    CHECK_STATUS(direct_call(s.runtime, s.context, send, 1, arguments).status, ZMQJS_EXCEPTION);
    CHECK_STATUS(direct_call(NULL, s.push, send, 1, arguments).status, ZMQJS_EXCEPTION);
    CHECK_TEXT(direct_call(s.runtime, s.pull, send, 1, arguments).code, "ENOTSUP");
    scene_must(&s, alone, "Socket", "close", 0, NULL);
    CHECK_TEXT(direct_call(s.runtime, alone, send, 1, arguments).code, "ENOTSOCK");
    /* A function whose parameter does not lend. */
    const zmqjs_function *into = function_named("Socket", "recv_into");
    CHECK_INT(into->lends, 0);
    CHECK_STATUS(direct_call(s.runtime, s.pull, into, 1, arguments).status, ZMQJS_EXCEPTION);
    library_zmqjs_finalize(alone);
    int retained = atomic_load(&loan->retained);
    CHECK_INT(atomic_load(&loan->released), retained);
    scene_close(&s);
    end_loan(loan, retained);
}

/* Parts of one message, one of which occurs twice. */
static void parts_of_a_message(void)
{
    struct scene s;
    char endpoint[64];
    struct loan *first = new_loan(1), *second = new_loan(2);
    zmqjs_data parts[] = {lend(first, LARGE), data_text("xxx"), lend(second, LARGE), lend(first, LARGE)};
    zmqjs_data argument = {ZMQJS_ARRAY, 0, {0}, sizeof parts / sizeof *parts};
    argument.as.elements = parts;
    CHECK(function_named("Socket", "send_multipart")->lends & 1);
    scene_open(&s, ipc_endpoint(endpoint, sizeof endpoint, "parts"));
    scene_must(&s, s.push, "Socket", "send_multipart", 1, &argument);
    expect_bytes(&s, LARGE, 1);
    expect_bytes(&s, strlen("xxx"), 'x');
    expect_bytes(&s, LARGE, 2);
    expect_bytes(&s, LARGE, 1);
    end_loan(first, 2);
    end_loan(second, 1);
    scene_close(&s);
}

/* Messages that are never sent: they are given back when the runtime ends. */
static void never_sent(void)
{
    struct scene s;
    struct loan *loan = new_loan(3);
    zmqjs_data arguments[] = {lend(loan, LARGE), data_constant("DONTWAIT")};
    zmqjs_data endpoint = data_text(nobody());
    zmqjs_leave_timeout(0);
    scene_open(&s, "inproc://unused");
    zmqjs_instance *alone = scene_socket(&s, "PUSH");
    scene_must(&s, alone, "Socket", "connect", 1, &endpoint);
    for (int i = 0; i < 3; i++) scene_must(&s, alone, "Socket", "send", 2, arguments);
    CHECK_INT(atomic_load(&loan->released), 0);
    scene_close(&s);
    library_zmqjs_finalize(alone);
    end_loan(loan, 3);
}

const test_case lent_cases[] = {
    {"lent-sent", sent, 0},
    {"lent-copied", copied, 0},
    {"lent-lasting", lasting, 0},
    {"lent-refused", refused, 0},
    {"lent-parts-of-a-message", parts_of_a_message, 0},
    {"lent-never-sent", never_sent, 0},
    {NULL, NULL, 0},
};
