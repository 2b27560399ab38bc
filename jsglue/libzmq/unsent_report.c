/* Reports on standard error of dropped messages, and of sockets that term() waits for. libzmq
 * does not report how many messages a socket has left, nor which socket has any: only that a
 * context has. So the reports name the sockets that were closed last and have sent messages. */
#include "unsent_report.h"
#include "buffer.h"
#include "environment.h"
#include "socket.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *core_type_name(int type)
{
    static const char *const names[] = {"PAIR",   "PUB",  "SUB",  "REQ",  "REP",  "DEALER",
                                        "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM",
                                        "SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER",
                                        "DGRAM", "PEER", "CHANNEL"};
    return type >= 0 && (size_t)type < sizeof names / sizeof *names ? names[type] : "socket";
}

void core_report_note(core_context *context, const core_socket *socket)
{
    const char *endpoint = socket->endpoint != NULL ? socket->endpoint : "not connected";
    if (socket->sent.messages == 0)
        return;
    size_t size = strlen(endpoint) + 64;
    char *note = malloc(size);
    if (note != NULL)
        snprintf(note, size, "%s %s (%llu sent in all)", core_type_name(socket->type), endpoint,
                 (unsigned long long)socket->sent.messages);
    char **place = &context->closed[context->noted++ % CORE_NOTES];
    free(*place);
    *place = note;
}

void core_report_forget(core_context *context)
{
    for (int i = 0; i < CORE_NOTES; i++)
        free(context->closed[i]);
}

char *core_report_closed(const core_context *context)
{
    core_buffer text = {0};
    core_buffer_add(&text, "sockets closed last:");
    for (unsigned i = context->noted > CORE_NOTES ? context->noted - CORE_NOTES : 0; i < context->noted; i++)
        if (context->closed[i % CORE_NOTES] != NULL)
            core_buffer_add(&text, " %s%s", context->closed[i % CORE_NOTES], i + 1 < context->noted ? "," : "");
    return core_buffer_finish(&text);
}

void core_report(core_context *context, int timeout)
{
    if (context->reported || context->noted == 0 || timeout == 0 || core_environment("ZMQJS_LEAVE_REPORT", 1, 1) == 0)
        return;
    context->reported = 1;
    char *closed = core_report_closed(context);
    if (closed != NULL)
        core_report_line("what was not sent after %d ms is lost; %s", timeout, closed);
    free(closed);
}

void core_report_line(const char *format, ...)
{
    core_buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    core_buffer_add(&text, "zmqjs: ");
    core_buffer_add_list(&text, format, arguments);
    core_buffer_add(&text, "\n");
    va_end(arguments);
    char *line = core_buffer_finish(&text);
    if (line != NULL) {
        ssize_t written = write(STDERR_FILENO, line, text.length);
        (void)written; /* an error cannot be reported anywhere */
    }
    free(line);
}
