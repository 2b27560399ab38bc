/*
 * main.c - the fake engine's test program
 *
 *     fakeengine --list              lists the cases
 *     fakeengine [--style=S] CASE    runs one of them, with an engine of style S
 *
 * A case that holds prints "ok" as its last line and exits with status 0; a skipped
 * one exits with 77. The library is found in $ZMQJS_LIBRARY_DIR, else ../../build.
 */
#include "host.h"

#include <stdio.h>
#include <string.h>

extern const test_case fakeengine_cases[], contract_cases[], engine_cases[], register_cases[],
    frame_cases[], lent_cases[], failing_cases[], finalizer_cases[], error_cases[], thread_cases[],
    interrupt_cases[], runtime_cases[], leaving_cases[], slot_cases[], message_cases[],
    trace_cases[], policy_cases[], module_cases[], process_cases[], vm_cases[], vm_stop_cases[],
    storm_cases[], shared_cases[], descriptor_cases[];

static const test_case *const all[] = {
    fakeengine_cases,  contract_cases, engine_cases,    register_cases, frame_cases,   lent_cases,    failing_cases,
    finalizer_cases, error_cases,  thread_cases,    interrupt_cases, runtime_cases, leaving_cases,
    slot_cases,    message_cases,  trace_cases,     policy_cases,   module_cases,  process_cases,
    vm_cases,      vm_stop_cases,  storm_cases,     shared_cases,    descriptor_cases,
};
enum { LISTS = sizeof all / sizeof *all };

static int list(void)
{
    for (size_t i = 0; i < LISTS; i++)
        for (const test_case *test = all[i]; test->name; test++) {
            if (!test->every_style) puts(test->name);
            for (const struct style *s = styles; s->name && test->every_style; s++)
                printf("--style=%s %s\n", s->name, test->name);
        }
    return 0;
}

static int set_style(const char *name)
{
    const struct style *style = styles;
    while (style->name && strcmp(style->name, name) != 0) style++;
    current_style = style;
    return style->name != NULL;
}

int main(int count, char **arguments)
{
    const char *name = NULL;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--list") == 0) return list();
        if (strncmp(arguments[i], "--style=", 8) != 0) name = arguments[i];
        else if (!set_style(arguments[i] + 8)) FAIL("no style %s", arguments[i] + 8);
    }
    for (size_t i = 0; i < LISTS && name; i++)
        for (const test_case *test = all[i]; test->name; test++)
            if (strcmp(test->name, name) == 0) {
                test->run();
                puts("ok");
                return 0;
            }
    fputs("usage: fakeengine --list | [--style=S] CASE\n", stderr);
    return 2;
}
