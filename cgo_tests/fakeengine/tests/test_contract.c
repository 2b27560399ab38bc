/*
 * test_contract.c - the contract itself: each rule is broken once, as a bad adapter or a bad
 * library would, and must be noticed. No library is loaded.
 */
#define _GNU_SOURCE
#include "direct.h"
#include "host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The engine of the case, with an instance in it. */
static fe_engine *engine;
static struct contract contract;
static zmqjs_engine table; /* the library's argument */
static fe_value *instance;
static char instance_pointer;

/* The library's behaviour in the next call, and the called function. */
static void (*act)(zmqjs_frame *frame);
static int status;
static zmqjs_function function;

static int bad_library(const zmqjs_function *self, zmqjs_frame *frame)
{
    (void)self;
    frame->result.type = ZMQJS_UNDEFINED;
    frame->keep_count = 0;
    if (act) act(frame);
    return status;
}

static zmqjs_data argument_list[3];

static zmqjs_frame frame_of_call(void)
{
    zmqjs_frame frame;
    memset(&frame, 0, sizeof frame);
    frame.runtime = (zmqjs_runtime *)&contract; /* is not looked at */
    frame.context = engine;
    frame.self = (zmqjs_instance *)&instance_pointer;
    frame.arguments = argument_list;
    frame.argument_count = 3;
    return frame;
}

static void call(void (*action)(zmqjs_frame *frame), int returned)
{
    static zmqjs_function inner;
    zmqjs_frame frame = frame_of_call();
    inner.call = bad_library;
    act = action;
    status = returned;
    contract_call(&contract, &function, &inner, &frame);
}

/* ---- the rules are kept -------------------------------------------------------------------- */

static void give_everything(zmqjs_frame *frame)
{
    static zmqjs_data parts[12], name, kept;
    const zmqjs_data *arguments = frame->arguments;
    CHECK(arguments[0].type == ZMQJS_STRING && memcmp(arguments[0].as.data, "text", 4) == 0);
    ((char *)arguments[1].as.data)[0] = 'B';
    parts[0].type = ZMQJS_NULL;
    parts[1].type = ZMQJS_THIS;
    parts[2] = data_number(7);
    parts[3] = data_text("\xe2\x82\xac");
    parts[4].type = ZMQJS_BYTES;
    parts[4].flags = ZMQJS_ADOPTABLE;
    parts[5].type = ZMQJS_BIGINT;
    parts[5].flags = ZMQJS_UNSIGNED;
    parts[5].as.bigint = -1;
    parts[6].type = ZMQJS_BOOLEAN;
    parts[6].as.boolean = 1;
    name = data_text("name");
    kept.type = ZMQJS_KEPT;
    kept.as.int32 = 0;
    parts[8] = name;
    parts[9] = kept;
    parts[7].type = ZMQJS_OBJECT;
    parts[7].as.elements = &parts[8];
    parts[7].length = 1;
    frame->result.type = ZMQJS_ARRAY;
    frame->result.as.elements = parts;
    frame->result.length = 8;
}


static void ask(zmqjs_frame *frame)
{
    give_everything(frame);
    table.interrupted(&contract, engine);
    table.collect(&contract, engine);
}

static void rules(void)
{
    function.keeps = 0;
    call(ask, ZMQJS_OK);
    CHECK(((char *)argument_list[1].as.data)[0] == 'B');
    CHECK_INT((long long)contract.asked[INTERRUPTED], 1);
    CHECK_INT((long long)contract.asked[COLLECT], 1);
}

/* ---- breaches of the library ------------------------------------------------------------------- */

static zmqjs_data odd;
static zmqjs_keep keeps[3];

static void give_odd(zmqjs_frame *frame) { frame->result = odd; }
static void unknown_status(void) { call(NULL, 7); }
static void unknown_type(void)
{
    odd.type = 99;
    call(give_odd, ZMQJS_OK);
}
static void text_not_utf8(void)
{
    odd = data_text("\xed\xa0\x80");
    call(give_odd, ZMQJS_OK);
}
static void text_with_flags(void)
{
    odd = data_text("text");
    odd.flags = ZMQJS_LATIN1;
    call(give_odd, ZMQJS_OK);
}
static void boolean_of_two(void)
{
    odd.type = ZMQJS_BOOLEAN;
    odd.as.boolean = 2;
    call(give_odd, ZMQJS_OK);
}
static void give_inner_instance(zmqjs_frame *frame)
{
    static zmqjs_data part;
    part = data_instance(frame->self);
    frame->result.type = ZMQJS_ARRAY;
    frame->result.as.elements = &part;
    frame->result.length = 1;
}
static void instance_inside(void) { call(give_inner_instance, ZMQJS_OK); }
static void instance_twice(void)
{
    odd = data_instance((zmqjs_instance *)&instance_pointer);
    call(give_odd, ZMQJS_OK);
    call(give_odd, ZMQJS_OK);
}
static void name_that_is_a_number(void)
{
    static zmqjs_data pair[2];
    pair[0] = pair[1] = data_number(1);
    odd.type = ZMQJS_OBJECT;
    odd.as.elements = pair;
    odd.length = 1;
    call(give_odd, ZMQJS_OK);
}
static void give_error(zmqjs_frame *frame)
{
    memset(&frame->error, 0, sizeof frame->error);
    frame->error.code = "";
}
static void error_without_message(void) { call(give_error, ZMQJS_EXCEPTION); }
static void give_keeps(zmqjs_frame *frame)
{
    frame->keep = keeps;
    frame->keep_count = 1;
}
static void keep_with(uint32_t index, int32_t argument)
{
    keeps[0].index = index;
    keeps[0].argument = argument;
    call(give_keeps, ZMQJS_HELD);
}
/* One value is in use, one may be kept: 0 and 1 are dense. */
static void keep_too_high(void) { keep_with(2, 0); }
static void keep_no_argument(void) { keep_with(1, 3); }
static void keep_odd_argument(void) { keep_with(1, -2); }
static void drop_too_high(void) { keep_with(2, -1); }
static void give_two_keeps(zmqjs_frame *frame)
{
    frame->keep = keeps;
    frame->keep_count = 2;
}
static void keep_too_many(void)
{
    memset(keeps, 0, sizeof keeps);
    call(give_two_keeps, ZMQJS_HELD);
}
static void change_text(zmqjs_frame *frame) { *(char *)frame->arguments[0].as.data = 'T'; }
static void text_changed(void) { call(change_text, ZMQJS_OK); }
static void change_frame(zmqjs_frame *frame) { frame->self = NULL; }
static void frame_changed(void) { call(change_frame, ZMQJS_OK); }
static char *remembered;
static void remember_bytes(zmqjs_frame *frame) { remembered = frame->arguments[1].as.data; }
static void bytes_after_the_call(void)
{
    call(remember_bytes, ZMQJS_OK);
    *remembered = 'x';
}

/* ---- its callbacks, called at a wrong time ------------------------------------------------------- */

static void asked_outside(void) { table.interrupted(&contract, engine); }
static void ask_with_another_context(zmqjs_frame *frame) { table.interrupted(&contract, frame); }
static void another_context(void) { call(ask_with_another_context, ZMQJS_OK); }
static void ask_without_payload(zmqjs_frame *frame) { table.interrupted(NULL, frame->context); }
static void no_payload(void) { call(ask_without_payload, ZMQJS_OK); }
static void *ask_there(void *argument)
{
    table.interrupted(&contract, argument);
    return NULL;
}
static void ask_on_another_thread(zmqjs_frame *frame)
{
    pthread_t thread;
    pthread_create(&thread, NULL, ask_there, frame->context);
    pthread_join(thread, NULL);
}
static void another_thread(void) { call(ask_on_another_thread, ZMQJS_OK); }
static void ask_under_another_mask(zmqjs_frame *frame)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    table.interrupted(&contract, frame->context);
}
static void another_mask(void) { call(ask_under_another_mask, ZMQJS_OK); }
static void collect_now(zmqjs_frame *frame) { table.collect(&contract, frame->context); }
static void collect_in_a_keeper(void) { call(collect_now, ZMQJS_OK); }

/* ---- breaches of the adapter -------------------------------------------------------------------- */

static void not_released(void)
{
    call(NULL, ZMQJS_HELD);
    contract_settled(&contract, "a call");
}
static void released_without_need(void)
{
    zmqjs_frame frame = frame_of_call();
    zmqjs_frame_release(&frame);
}
static void finalized_unknown(void) { zmqjs_finalize((zmqjs_instance *)&instance_pointer); }
static void with_argument(zmqjs_data argument)
{
    argument_list[0] = argument;
    call(NULL, ZMQJS_OK);
}
static void argument_of_no_type(void)
{
    zmqjs_data data = {77, 0, {0}, 0};
    with_argument(data);
}
static void argument_of_two_encodings(void)
{
    zmqjs_data data = data_text("text");
    data.flags = ZMQJS_LATIN1 | ZMQJS_UTF16;
    with_argument(data);
}
static void argument_without_elements(void)
{
    zmqjs_data data = {ZMQJS_ARRAY, 0, {0}, 3};
    argument_list[2] = data;
    call(NULL, ZMQJS_OK);
}
static void elements_not_asked_for(void)
{
    zmqjs_data data = {ZMQJS_ARRAY, 0, {0}, 1};
    data.as.elements = argument_list;
    with_argument(data);
}
static void argument_not_asked_for(void)
{
    function.reads = 1;
    call(NULL, ZMQJS_OK);
}
static void instance_that_is_null(void) { with_argument(data_instance(NULL)); }
static void pending_exception(void)
{
    fe_throw_text(engine, FE_ERROR, "is pending");
    call(NULL, ZMQJS_OK);
}

static void (*const breaches[])(void) = {
    unknown_status, unknown_type, text_not_utf8, text_with_flags, boolean_of_two,
    instance_inside, instance_twice, name_that_is_a_number, error_without_message,
    keep_too_high, keep_no_argument, keep_odd_argument, drop_too_high, keep_too_many,
    text_changed, frame_changed, bytes_after_the_call,
    asked_outside, another_context, no_payload, another_thread, another_mask,
    collect_in_a_keeper,
    not_released, released_without_need, finalized_unknown,
    argument_of_no_type, argument_of_two_encodings, argument_without_elements,
    elements_not_asked_for, argument_not_asked_for, instance_that_is_null, pending_exception,
};

/* ---- running them ------------------------------------------------------------------------ */

static void (*current)(void);

static fe_value *call_current(fe_engine *e, const fe_call_info *info)
{
    (void)info;
    current();
    return fe_undefined(e);
}

static void ignore(void *pointer) { (void)pointer; }

static void run_in_a_call(void (*rule)(void))
{
    static char bytes[] = "bytes";
    struct adapter adapter;
    engine = fe_engine_new();
    adapter_init(&adapter, engine);
    contract_init(&contract, engine, &adapter_callbacks, &adapter, 0);
    table = contract_engine(&contract);
    function.name = "function";
    function.parameter_count = 3;
    function.reads = 7;
    function.arrays = 4;
    function.keeps = 1;
    argument_list[0] = data_text("text");
    argument_list[1].type = ZMQJS_BYTES;
    argument_list[1].as.data = bytes;
    argument_list[1].length = 5;
    argument_list[2].type = ZMQJS_UNDEFINED;

    fe_value *prototype = fe_object(engine, NULL), *native = fe_function(engine, call_current, NULL, 0);
    instance = fe_instance(engine, prototype, "type", &instance_pointer, ignore);
    CHECK_INT(fe_slot_reserve(instance, 1), 0);
    fe_slot_exchange(instance, 0, prototype);
    current = rule;
    fe_release(fe_call(native, instance, 0, NULL));
    contract_settled(&contract, "the call");

    fe_value *all[] = {prototype, native, instance};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) fe_release(all[i]);
    const char *maker = "";
    CHECK_INT((long long)fe_engine_free(engine, &maker), 0);
    contract_done(&contract);
}

static void rules_can_be_kept(void) { run_in_a_call(rules); }

static void breaches_are_noticed(void)
{
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
        int ended = 0;
        int output[2];
        char words[512] = "";
        fflush(stdout);
        CHECK(pipe(output) == 0);
        pid_t child = fork();
        if (child == 0) {
            dup2(output[1], STDERR_FILENO);
            run_in_a_call(breaches[i]);
            _Exit(0);
        }
        close(output[1]);
        ssize_t got = 1;
        for (size_t n = 0; got > 0; n += (size_t)got)
            got = read(output[0], words + n, sizeof words - 1 - n);
        close(output[0]);
        waitpid(child, &ended, 0);
        int touched = breaches[i] == bytes_after_the_call && WIFSIGNALED(ended);
        if (!touched && (!WIFEXITED(ended) || WEXITSTATUS(ended) != 1 || !strstr(words, "contract:")))
            FAIL("breach number %zu ends with status %x: %s", i, (unsigned)ended, words);
    }
}

const test_case contract_cases[] = {
    {"contract-rules-can-be-kept", rules_can_be_kept, 0},
    {"contract-breaches-are-noticed", breaches_are_noticed, 0},
    {NULL, NULL, 0},
};
