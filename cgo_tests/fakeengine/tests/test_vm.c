/* test_vm.c - the bundled engine: scripts and their errors */
#define _GNU_SOURCE
#include "fence.h"
#include "host.h"
#include "vm.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- running ------------------------------------------------------------------------------ */

static void results(void)
{
    zmqjs_vm *vm = vm_open();
    int status = 77;
    CHECK_STATUS(zmqjs_vm_evaluate(vm, "test.js", "1 + 1", 5, &status), ZMQJS_OK);
    CHECK_INT(status, 77);
    CHECK_STATUS(evaluate(vm, "var kept = 5"), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "if (kept !== 5) throw 1"), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, ""), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "import * as zmq from 'zmq'; export const v = zmq.version()"),
                 ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "import * as os from 'os'; os.signal(11, null)"), ZMQJS_OK);
    CHECK(told(11));
    CHECK_STATUS(evaluate(vm, "setTimeout(() => os.signal(12, null), 5)"), ZMQJS_OK);
    CHECK(told(12)); /* the script's timers and jobs have run */
    CHECK_STATUS(evaluate(vm, "Promise.resolve().then(() => os.signal(13, null))"), ZMQJS_OK);
    CHECK(told(13));
    vm_close(vm);
}

/* The source is not NUL-terminated, and not looked at afterwards. */
static void source_has_a_length(void)
{
    static const char source[] = "os.signal(14, null)";
    zmqjs_vm *vm = vm_open();
    char *fenced = fence_copy(source, sizeof source - 1);
    CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, fenced, sizeof source - 1, NULL), ZMQJS_OK);
    fence_end(fenced, sizeof source - 1);
    CHECK(told(14));
    CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, "1\0", 2, NULL), ZMQJS_SCRIPT_ERROR);
    CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, "var a = '\xff\xfe'", 12, NULL), ZMQJS_SCRIPT_ERROR);
    CHECK_CONTAINS(zmqjs_last_error(), "UTF-8");
    vm_close(vm);
}

/* ---- exit -------------------------------------------------------------------------------- */

static void exits(void)
{
    static const struct {
        const char *source;
        int status;
    } all[] = {
        {"std.exit(0)", 0},
        {"std.exit(3)", 3},
        {"std.exit(255)", 255},
        {"std.exit()", 0},
        {"try { std.exit(4) } catch { } finally { os.signal(15, null) }", 4},
        {"setTimeout(() => std.exit(5), 1)", 5},
        {"import * as std from 'std'; std.exit(6)", 6},
        {"Promise.resolve().then(() => std.exit(7)); for (let i = 0; i < 10; i++);", 7},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        zmqjs_vm *vm = vm_open();
        int status = -1;
        CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, all[i].source, strlen(all[i].source), &status),
                     ZMQJS_EXITED);
        CHECK_INT(status, all[i].status);
        CHECK(!told(15));
        for (int more = 0; more < 2; more++) { /* without another script: the same again */
            const char *source = "os.signal(15, null)";
            status = -1;
            CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, source, strlen(source), &status),
                         ZMQJS_EXITED);
            CHECK_INT(status, all[i].status);
            CHECK(!told(15));
        }
        vm_close(vm);
    }
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "std.exit(3)"), ZMQJS_EXITED); /* exit_status NULL */
    vm_close(vm);
}

/* ---- errors ------------------------------------------------------------------------------ */

static void check_script_error(const char *source, const char *what, const char *where)
{
    zmqjs_vm *vm = vm_open();
    int status = 77;
    CHECK_STATUS(zmqjs_vm_evaluate(vm, "some/thing.js", source, strlen(source), &status),
                 ZMQJS_SCRIPT_ERROR);
    CHECK_INT(status, 77);
    CHECK_CONTAINS(zmqjs_last_error(), what);
    if (where) CHECK_CONTAINS(zmqjs_last_error(), where);
    CHECK_STATUS(evaluate(vm, "1"), ZMQJS_OK); /* the VM still works */
    vm_close(vm);
}

static void script_errors(void)
{
    check_script_error("\n\nthrow new Error('boom')", "Error: boom", "thing.js:3");
    check_script_error("1\n  )", "SyntaxError", "thing.js:2");
    check_script_error("function f() {\n nowhere() }\nf()", "nowhere", "thing.js:2");
    check_script_error("function f() {\n nowhere() }\nf()", "ReferenceError",
                       "thing.js:3"); /* stack */
    check_script_error("import 'zmq'\n\nnull.x", "TypeError", "thing.js:3");
    check_script_error("import 'no such module'", "no such module", "thing.js:1");
    check_script_error("import { nothing } from 'zmq'; nothing.x", "", NULL);
    check_script_error("throw 'a text'", "a text", NULL);
    check_script_error("throw { toString() { return 'an object' } }", "an object", NULL);
    check_script_error("throw undefined", "undefined", NULL);
    check_script_error("(function f() { f() })()", "", NULL); /* endless recursion */
}

/* Thrown where it cannot be caught, in a timer or job. */
static void late_errors(void)
{
    check_script_error("Promise.reject(new Error('rejected'))", "Error: rejected", "thing.js:1");
    check_script_error("(async () => { await null; null.x })()", "TypeError", "thing.js:1");

    /* An error in a timer is reported at once, and the script continues. */
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "throw new Error('before')"), ZMQJS_SCRIPT_ERROR);
    CHECK_STATUS(evaluate(vm, "setTimeout(() => { throw new Error('in a timer') }, 1);"
                              "setTimeout(() => os.signal(11, null), 20)"), ZMQJS_SCRIPT_ERROR);
    CHECK_TEXT(zmqjs_last_error(), "");
    CHECK(told(11));
    vm_close(vm);
}

static void nameless_source(void)
{
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, "\nthrow new Error('x')", 21, NULL),
                 ZMQJS_SCRIPT_ERROR);
    CHECK_CONTAINS(zmqjs_last_error(), "<evaluate>:2");
    vm_close(vm);
}

/* ---- files ------------------------------------------------------------------------------- */

static char directory[] = "/tmp/zmqjs-double-XXXXXX";

static const char *write_file(const char *name, const char *content)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(content, file) >= 0 && fclose(file) == 0);
    return path;
}

static void remove_files(void)
{
    static const char *const names[] = {"other.js", "a.js", "b.mjs", "c.ts", "bad.ts"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        unlink(path);
    }
    rmdir(directory);
}

static void files(void)
{
    zmqjs_vm *vm = vm_open();
    CHECK(mkdtemp(directory));
    write_file("other.js", "export const number = 16");
    const char *importing = "import { number } from './other.js'; import * as os from 'os';"
                            "os.signal(number, null)";
    CHECK_STATUS(zmqjs_vm_run_file(vm, write_file("a.js", importing), NULL), ZMQJS_OK);
    CHECK(told(16));
    CHECK_STATUS(zmqjs_vm_run_file(vm, write_file("b.mjs", importing), NULL), ZMQJS_OK);
    CHECK(told(16));
    const char *typed = "const n: number = 17; os.signal(n as number, null)";
    CHECK_STATUS(zmqjs_vm_run_file(vm, write_file("c.ts", typed), NULL), ZMQJS_OK);
    CHECK(told(17));
    const char *wrong = "interface I { a: string }\n\nconst i: I = { a: 'x' }\nthrow Error(i.a)";
    CHECK_STATUS(zmqjs_vm_run_file(vm, write_file("bad.ts", wrong), NULL), ZMQJS_SCRIPT_ERROR);
    CHECK_CONTAINS(zmqjs_last_error(), "bad.ts:4");
    CHECK_STATUS(zmqjs_vm_run_file(vm, "/no/such/file.js", NULL), ZMQJS_SCRIPT_ERROR);
    CHECK_CONTAINS(zmqjs_last_error(), "/no/such/file.js");
    CHECK_STATUS(zmqjs_vm_run_file(vm, directory, NULL), ZMQJS_SCRIPT_ERROR);
    CHECK_STATUS(zmqjs_vm_run_file(vm, "", NULL), ZMQJS_SCRIPT_ERROR);
    remove_files();
    vm_close(vm);
}

static void standard_input(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0 && dup2(ends[0], 0) == 0);
    CHECK(write(ends[1], "std.exit(8)", 11) == 11);
    close(ends[1]);
    zmqjs_vm *vm = vm_open();
    int status = 0;
    CHECK_STATUS(zmqjs_vm_run_file(vm, "-", &status), ZMQJS_EXITED);
    CHECK_INT(status, 8);
    vm_close(vm);
}

/* ---- arguments --------------------------------------------------------------------------- */

static void arguments(void)
{
    char one[] = "one", two[] = "\xe2\x82\xac two";
    const char *const list[] = {one, two};
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "if (scriptArgs.length !== 0) throw 1"), ZMQJS_OK);
    CHECK_STATUS(zmqjs_vm_set_arguments(vm, 2, list), ZMQJS_OK);
    memset(one, 'x', 3);
    memset(two, 'x', 3);
    CHECK_STATUS(evaluate(vm, "if (scriptArgs.join('|') !== 'one|\\u20ac two') throw scriptArgs"),
                 ZMQJS_OK);
    CHECK_STATUS(zmqjs_vm_set_arguments(vm, 0, NULL), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "if (scriptArgs.length !== 0) throw 1"), ZMQJS_OK);

    const char *const hole[] = {one, NULL};
    CHECK_STATUS(zmqjs_vm_set_arguments(vm, 1, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_set_arguments(vm, 2, hole), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_set_arguments(NULL, 2, list), ZMQJS_INVALID_ARGUMENT);
    CHECK(*zmqjs_last_error());
    vm_close(vm);
}

/* ---- invalid VMs and options -------------------------------------------------------------- */

static void check_is_none(zmqjs_vm *vm)
{
    CHECK_STATUS(zmqjs_vm_evaluate(vm, "x", "1", 1, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK(*zmqjs_last_error());
    CHECK_STATUS(zmqjs_vm_run_file(vm, "x", NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_set_arguments(vm, 0, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_signal(vm, SIGINT), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_free(vm), ZMQJS_INVALID_ARGUMENT);
    CHECK(*zmqjs_last_error());
}

static void none(void)
{
    char elsewhere[1024] = "";
    zmqjs_vm *vm = vm_open(), *other = vm_open();
    check_is_none(NULL);
    check_is_none((zmqjs_vm *)elsewhere);
    check_is_none((zmqjs_vm *)((char *)vm + 8));
    CHECK_STATUS(zmqjs_vm_evaluate(vm, "x", NULL, 0, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_run_file(vm, NULL, NULL), ZMQJS_INVALID_ARGUMENT);
    vm_close(vm);
    check_is_none(vm);
    check_is_none(vm);
    CHECK_STATUS(evaluate(other, "1"), ZMQJS_OK);
    vm_close(other);
}

/* Not even another handle of the library is one. */
static void a_runtime_is_no_vm(void)
{
    enum { COUNT = 10 };
    zmqjs_vm *vms[COUNT];
    zmqjs_runtime *runtimes[COUNT];
    struct contract contract;
    contract_init(&contract, NULL, &adapter_callbacks, NULL, 0);
    zmqjs_engine engine = contract_engine(&contract);
    for (int i = 0; i < COUNT; i++) {
        vms[i] = vm_open();
        CHECK_STATUS(zmqjs_runtime_new(&engine, NULL, &runtimes[i]), ZMQJS_OK);
    }
    for (int i = 0; i < COUNT; i++) {
        check_is_none((zmqjs_vm *)runtimes[i]);
        CHECK_STATUS(zmqjs_interrupt((zmqjs_runtime *)vms[i]), ZMQJS_INVALID_ARGUMENT);
        CHECK_STATUS(zmqjs_runtime_free((zmqjs_runtime *)vms[i]), ZMQJS_INVALID_ARGUMENT);
    }
    for (int i = 0; i < COUNT; i++) {
        vm_close(vms[i]);
        CHECK_STATUS(zmqjs_runtime_free(runtimes[i]), ZMQJS_OK);
    }
}

static void freed_pointers_do_not_come_back(void)
{
    enum { COUNT = 30 };
    zmqjs_vm *old[COUNT], *new[COUNT];
    for (int i = 0; i < COUNT; i++) old[i] = vm_open();
    for (int i = 0; i < COUNT; i++) vm_close(old[i]);
    for (int i = 0; i < COUNT; i++) new[i] = vm_open();
    for (int i = 0; i < COUNT; i++)
        CHECK_STATUS(zmqjs_vm_interrupt(old[i]), ZMQJS_INVALID_ARGUMENT);
    for (int i = 0; i < COUNT; i++) vm_close(new[i]);
}

static int offer(const zmqjs_vm_options *offered)
{
    zmqjs_vm *vm = (zmqjs_vm *)&vm;
    int status = zmqjs_vm_new(offered, &vm);
    if (status == ZMQJS_OK) vm_close(vm);
    else CHECK(vm == NULL && *zmqjs_last_error());
    return status;
}

static void offered_options(void)
{
    struct {
        zmqjs_vm_options options;
        char more[64];
    } future;
    vm_close(vm_open());
    CHECK_STATUS(offer(NULL), ZMQJS_OK);
    CHECK_STATUS(zmqjs_vm_new(NULL, NULL), ZMQJS_INVALID_ARGUMENT);

    /* A host of the first version has no memory_limit; memory beyond its structure is not read. */
    zmqjs_vm_options first = vm_options;
    first.size = offsetof(zmqjs_vm_options, memory_limit);
    first.memory_limit = 1;
    CHECK_STATUS(offer(&first), ZMQJS_OK);

    static const uint32_t sizes[] = {0, 8, offsetof(zmqjs_vm_options, memory_limit) - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        zmqjs_vm_options wrong = vm_options;
        wrong.size = sizes[i];
        CHECK_STATUS(offer(&wrong), ZMQJS_VERSION_MISMATCH);
    }
    zmqjs_vm_options wrong = vm_options;
    wrong.abi_version = 0;
    CHECK_STATUS(offer(&wrong), ZMQJS_VERSION_MISMATCH);
    wrong.abi_version = ZMQJS_ABI_VERSION + 1;
    CHECK_STATUS(offer(&wrong), ZMQJS_VERSION_MISMATCH);

    memset(&future, 0xa5, sizeof future);
    future.options = vm_options;
    future.options.size = sizeof future;
    CHECK_STATUS(offer(&future.options), ZMQJS_OK);
}

/* A script ends when it exceeds its memory limit; the host and the VM still work. */
static void limits_memory(void)
{
    static const char *const greedy[] = {
        "const all = []; for (;;) all.push([])",
        "const all = []; for (;;) all.push(new Uint8Array(1e4))",
        "let s = 'x'; for (;;) try { s = s + s } catch {} finally { globalThis.all = [globalThis.all, s.slice(1)] }",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, `${i}`)",
        "JSON.parse('[' + '[],'.repeat(1e7) + '1]')",
    };
    zmqjs_vm_options limited = vm_options;
    limited.memory_limit = 64 << 20;
    for (size_t i = 0; i < sizeof greedy / sizeof *greedy; i++) {
        zmqjs_vm *vm;
        CHECK_STATUS(zmqjs_vm_new(&limited, &vm), ZMQJS_OK);
        CHECK_STATUS(evaluate(vm, greedy[i]), ZMQJS_SCRIPT_ERROR);
        CHECK(strstr(zmqjs_last_error(), "memory"));
        vm_close(vm);
    }
    zmqjs_vm *vm;
    CHECK_STATUS(zmqjs_vm_new(&limited, &vm), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "try { new Uint8Array(1e9) } catch (e) { if (e instanceof RangeError) std.exit(7) }"), ZMQJS_EXITED);
    vm_close(vm);
}

static void options_are_copied(void)
{
    zmqjs_vm_options mine = vm_options;
    zmqjs_vm *vm;
    vm_close(vm_open());
    CHECK_STATUS(zmqjs_vm_new(&mine, &vm), ZMQJS_OK);
    memset(&mine, 0xff, sizeof mine);
    CHECK_STATUS(evaluate(vm, "os.signal(18, null)"), ZMQJS_OK);
    CHECK(told(18));
    vm_close(vm);
}

/* Streams that the host has closed since it loaded the library are at their end, as in a process
 * started without them. */
static void closed_input(void)
{
    CHECK(close(STDIN_FILENO) == 0);
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "if (std.in.getline() !== null) throw new Error('there is input')"),
                 ZMQJS_OK);
    vm_close(vm);
}

/* ---- a build without it ------------------------------------------------------------------ */

static void in_a_lean_build(void)
{
    zmqjs_vm *vm = (zmqjs_vm *)&vm;
    if (zmqjs_vm_new(NULL, &vm) == ZMQJS_OK) {
        vm_close(vm);
        skip("this build of the library has an engine of its own");
    }
    CHECK(vm == NULL);
    CHECK_STATUS(zmqjs_vm_new(&vm_options, &vm), ZMQJS_UNAVAILABLE);
    CHECK(*zmqjs_last_error());
    CHECK_STATUS(zmqjs_vm_set_arguments(vm, 0, NULL), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_vm_evaluate(vm, NULL, "1", 1, NULL), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_vm_run_file(vm, "x", NULL), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_vm_signal(vm, SIGINT), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_vm_free(vm), ZMQJS_UNAVAILABLE);
}

const test_case vm_cases[] = {
    {"vm-results", results, 0},
    {"vm-source-has-a-length", source_has_a_length, 0},
    {"vm-exits", exits, 0},
    {"vm-script-errors", script_errors, 0},
    {"vm-late-errors", late_errors, 0},
    {"vm-nameless-source", nameless_source, 0},
    {"vm-files", files, 0},
    {"vm-standard-input", standard_input, 0},
    {"vm-closed-input", closed_input, 0},
    {"vm-arguments", arguments, 0},
    {"vm-none", none, 0},
    {"vm-a-runtime-is-no-vm", a_runtime_is_no_vm, 0},
    {"vm-freed-pointers-do-not-come-back", freed_pointers_do_not_come_back, 0},
    {"vm-options", offered_options, 0},
    {"vm-options-are-copied", options_are_copied, 0},
    {"vm-limits-memory", limits_memory, 0},
    {"vm-in-a-lean-build", in_a_lean_build, 0},
    {NULL, NULL, 0},
};
