#include "observe.h"

#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char *socket_type_name(int type)
{
    static const char *const names[] = {"PAIR",   "PUB",  "SUB",  "REQ",  "REP",  "DEALER",
                                        "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM",
                                        "SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER",
                                        "DGRAM", "PEER", "CHANNEL"};
    return type >= 0 && (size_t)type < sizeof names / sizeof *names ? names[type] : "?";
}

int may_colour(void)
{
    const char *terminal = getenv("TERM"), *refused = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && (refused == NULL || *refused == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

static struct timespec began;
static int coloured;

static const struct {
    const char *text, *colour, *event;
} kinds[] = {
    {"socket", "36", "socket"},   {"bind", "35", "bind"},
    {"unbind", "35", "unbind"},   {"connect", "35", "connect"},
    {"disconnect", "35", "disconnect"}, {"send ->", "32", "send"},
    {"recv <-", "33", "receive"}, {"close", "36", "close"},
    {"peers", "34", "peers"},     {"full", "31", "full"},
    {"subscribe", "34", "subscribe"}, {"unsubscribe", "34", "unsubscribe"},
    {"failed", "31", "failed"},
};

enum { LARGEST_DATA = 64 }; /* of an event */

/* Writes the first bytes of an event's data as text, others than ASCII as \xNN. */
static char *quote(char *end, const zmqjs_trace_event *event, size_t most)
{
    const unsigned char *bytes = event->data;
    *end++ = '"';
    size_t shown = event->data_length < most ? event->data_length : most;
    for (size_t i = 0; i < shown; i++) {
        if (bytes[i] == '"' || bytes[i] == '\\')
            *end++ = '\\';
        if (bytes[i] >= 0x20 && bytes[i] < 0x7f)
            *end++ = (char)bytes[i];
        else
            end += sprintf(end, "\\x%02x", bytes[i]);
    }
    *end++ = '"';
    if (shown < event->size)
        end += sprintf(end, "...");
    *end = '\0';
    return end;
}

static double seconds_since_start(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) + 1e-9 * (double)(now.tv_nsec - began.tv_nsec);
}

/* One write for a line: several threads may trace. */
static void print_line(void *payload, const zmqjs_trace_event *event)
{
    const char *space = *event->endpoint != '\0' ? " " : "";
    char data[4 * LARGEST_DATA + 8] = "", size[48] = "";
    (void)payload;
    if (event->kind == ZMQJS_TRACE_SEND || event->kind == ZMQJS_TRACE_RECEIVE) {
        snprintf(size, sizeof size, "  %zu B%s", event->size, event->flags != 0 ? " +" : "");
        quote(data + sprintf(data, "  "), event, 32);
    } else if (event->data != NULL)
        quote(data + sprintf(data, "  "), event, LARGEST_DATA);
    if (event->kind == ZMQJS_TRACE_PEERS)
        snprintf(size, sizeof size, " %zu", event->size);
    if (event->kind == ZMQJS_TRACE_FULL)
        snprintf(size, sizeof size, "  %zu B", event->size);
    if (event->kind >= sizeof kinds / sizeof *kinds)
        return;
    fprintf(stderr, coloured ? "\033[2m%10.6f\033[0m #%llu %-6s \033[%sm%s\033[0m%s%s%s%s\n"
                             : "%10.6f #%llu %-6s %.0s%s%s%s%s%s\n",
            seconds_since_start(), (unsigned long long)event->socket, socket_type_name(event->socket_type),
            kinds[event->kind].colour, kinds[event->kind].text, space,
            event->endpoint, size, data);
}

static void print_json(void *payload, const zmqjs_trace_event *event)
{
    char details[6 * LARGEST_DATA + 96] = "", data[2 * LARGEST_DATA + 3];
    (void)payload;
    if (event->kind >= sizeof kinds / sizeof *kinds)
        return;
    char *endpoint = json_string(event->endpoint);
    if (endpoint == NULL)
        return;
    if (event->kind == ZMQJS_TRACE_SEND || event->kind == ZMQJS_TRACE_RECEIVE) {
        json_bytes(data, event->data, event->data_length < LARGEST_DATA ? event->data_length : LARGEST_DATA);
        snprintf(details, sizeof details, ",\"size\":%zu,\"more\":%s,\"data\":%s", event->size,
                 event->flags != 0 ? "true" : "false", data);
    }
    if (event->kind == ZMQJS_TRACE_SUBSCRIBE || event->kind == ZMQJS_TRACE_UNSUBSCRIBE) {
        json_bytes(data, event->data, event->data_length < LARGEST_DATA ? event->data_length : LARGEST_DATA);
        snprintf(details, sizeof details, ",\"size\":%zu,\"data\":%s", event->size, data);
    }
    if (event->kind == ZMQJS_TRACE_FAILED) {
        char text[LARGEST_DATA + 1], *reason;
        snprintf(text, sizeof text, "%.*s", (int)event->data_length, (const char *)event->data);
        if ((reason = json_string(text)) != NULL)
            snprintf(details, sizeof details, ",\"reason\":%s", reason);
        free(reason);
    }
    if (event->kind == ZMQJS_TRACE_PEERS)
        snprintf(details, sizeof details, ",\"peers\":%zu", event->size);
    if (event->kind == ZMQJS_TRACE_FULL)
        snprintf(details, sizeof details, ",\"size\":%zu", event->size);
    fprintf(stderr, "{\"time\":%.6f,\"socket\":%llu,\"type\":\"%s\",\"event\":\"%s\",\"endpoint\":%s%s}\n",
            seconds_since_start(), (unsigned long long)event->socket, socket_type_name(event->socket_type),
            kinds[event->kind].event, endpoint, details);
    free(endpoint);
}

void trace_start(int json)
{
    clock_gettime(CLOCK_MONOTONIC, &began);
    coloured = may_colour();
    zmqjs_trace(json ? print_json : print_line, NULL);
}
