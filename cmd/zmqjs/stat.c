#include "observe.h"

#include "json.h"
#include "system.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { IN, OUT, DIRECTIONS };

typedef struct row {
    struct row *next;
    uint64_t socket;
    int type, closed;
    long peers; /* -1: not known */
    uint64_t full, full_before;
    char *endpoint;
    uint64_t messages[DIRECTIONS], bytes[DIRECTIONS];
    uint64_t messages_before[DIRECTIONS], bytes_before[DIRECTIONS]; /* at the last print */
} row;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* for all of this */
static pthread_cond_t ending;
static pthread_t printer;
static row *rows, **last = &rows;
static int ended, coloured, lines, as_json;
static struct timespec began, printed;
static clockid_t deadlines; /* the clock of ending */

static row *row_of(const zmqjs_trace_event *event)
{
    row *found = rows;
    while (found != NULL && found->socket != event->socket)
        found = found->next;
    if (found == NULL && (found = calloc(1, sizeof *found)) != NULL) {
        found->socket = event->socket;
        found->type = event->socket_type;
        found->peers = -1;
        *last = found;
        last = &found->next;
    }
    return found;
}

static void count(void *payload, const zmqjs_trace_event *event)
{
    (void)payload;
    pthread_mutex_lock(&lock);
    row *counted = row_of(event);
    if (counted != NULL && event->kind == ZMQJS_TRACE_PEERS)
        counted->peers = (long)event->size;
    else if (counted != NULL && event->kind != ZMQJS_TRACE_FAILED) {
        if (counted->endpoint == NULL || strcmp(counted->endpoint, event->endpoint) != 0) {
            free(counted->endpoint);
            counted->endpoint = strdup(event->endpoint);
        }
        if (event->kind == ZMQJS_TRACE_CLOSE)
            counted->closed = 1;
        if (event->kind == ZMQJS_TRACE_FULL)
            counted->full++;
        if (event->kind == ZMQJS_TRACE_SEND || event->kind == ZMQJS_TRACE_RECEIVE) {
            int direction = event->kind == ZMQJS_TRACE_SEND ? OUT : IN;
            counted->messages[direction]++;
            counted->bytes[direction] += event->size;
        }
    }
    pthread_mutex_unlock(&lock);
}

/* "1.2 M" */
static const char *scaled(double number, char *text, size_t size)
{
    static const char units[] = " kMGT";
    size_t unit = 0;
    while (number >= 1000 && unit < sizeof units - 2) {
        number /= 1000;
        unit++;
    }
    snprintf(text, size, unit > 0 ? "%.1f %c" : "%.0f", number, units[unit]);
    return text;
}

static void print_row(row *printed_row, double seconds)
{
    char messages[DIRECTIONS][16], bytes[DIRECTIONS][16], peers[24] = "-", full[24] = "";
    for (int i = 0; i < DIRECTIONS; i++) {
        scaled((double)(printed_row->messages[i] - printed_row->messages_before[i]) / seconds, messages[i], 16);
        scaled((double)(printed_row->bytes[i] - printed_row->bytes_before[i]) / seconds, bytes[i], 16);
        printed_row->messages_before[i] = printed_row->messages[i];
        printed_row->bytes_before[i] = printed_row->bytes[i];
    }
    if (printed_row->peers >= 0)
        snprintf(peers, sizeof peers, "%ld", printed_row->peers);
    if (printed_row->full != printed_row->full_before)
        snprintf(full, sizeof full, "%llu", (unsigned long long)(printed_row->full - printed_row->full_before));
    printed_row->full_before = printed_row->full;
    fprintf(stderr, "%5llu %-6s %5s %9s %9s %11llu %9s %9s %11llu %5s  %s%s\n",
            (unsigned long long)printed_row->socket, socket_type_name(printed_row->type), peers, messages[IN], bytes[IN],
            (unsigned long long)printed_row->messages[IN], messages[OUT], bytes[OUT],
            (unsigned long long)printed_row->messages[OUT], full,
            printed_row->endpoint != NULL ? printed_row->endpoint : "", printed_row->closed ? " (closed)" : "");
}

/* On a terminal over the table before. */
static void print_table(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)(now.tv_sec - printed.tv_sec) + 1e-9 * (double)(now.tv_nsec - printed.tv_nsec);
    printed = now;
    if (coloured && lines > 0)
        fprintf(stderr, "\033[%dA\033[J", lines);
    fprintf(stderr, "%s%5s %-6s %5s %9s %9s %11s %9s %9s %11s %5s  %s%s\n", coloured ? "\033[1m" : "", "",
            "type", "peers", "in/s", "B/s", "in", "out/s", "B/s", "out", "full", "endpoint", coloured ? "\033[0m" : "");
    lines = 1;
    for (row *each = rows; each != NULL; each = each->next, lines++)
        print_row(each, seconds > 0 ? seconds : 1);
}

static void print_json_row(FILE *line, const row *each)
{
    char peers[24] = "null", *endpoint = json_string(each->endpoint != NULL ? each->endpoint : "");
    if (each->peers >= 0)
        snprintf(peers, sizeof peers, "%ld", each->peers);
    fprintf(line, "%s{\"socket\":%llu,\"type\":\"%s\",\"endpoint\":%s,\"closed\":%s,\"peers\":%s,"
                    "\"messages_received\":%llu,\"bytes_received\":%llu,"
                    "\"messages_sent\":%llu,\"bytes_sent\":%llu,\"full\":%llu}",
            each == rows ? "" : ",", (unsigned long long)each->socket, socket_type_name(each->type), endpoint != NULL ? endpoint : "\"\"",
            each->closed ? "true" : "false", peers, (unsigned long long)each->messages[IN],
            (unsigned long long)each->bytes[IN], (unsigned long long)each->messages[OUT],
            (unsigned long long)each->bytes[OUT], (unsigned long long)each->full);
    free(endpoint);
}

/* The counters since the start, of all sockets in one line, by one write. */
static void print_json(void)
{
    struct timespec now;
    FILE *line = system_open_text();
    if (line == NULL)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    fprintf(line, "{\"time\":%.6f,\"sockets\":[",
            (double)(now.tv_sec - began.tv_sec) + 1e-9 * (double)(now.tv_nsec - began.tv_nsec));
    for (row *each = rows; each != NULL; each = each->next)
        print_json_row(line, each);
    fputs("]}\n", line);
    char *text = system_close_text(line);
    if (text != NULL)
        fputs(text, stderr);
    free(text);
}

static void *print_tables(void *argument)
{
    struct timespec next;
    clock_gettime(deadlines, &next);
    pthread_mutex_lock(&lock);
    while (!ended) {
        next.tv_sec++;
        while (!ended && pthread_cond_timedwait(&ending, &lock, &next) != ETIMEDOUT)
            continue;
        if (as_json)
            print_json();
        else
            print_table();
    }
    pthread_mutex_unlock(&lock);
    return argument;
}

int stat_start(int json)
{
    deadlines = system_condition(&ending);
    clock_gettime(CLOCK_MONOTONIC, &began);
    printed = began;
    as_json = json;
    coloured = may_colour();
    int error = system_start_thread(&printer, print_tables); /* signals are for the main thread */
    if (error == 0)
        zmqjs_trace(count, NULL);
    return error;
}

void stat_end(void)
{
    zmqjs_trace(NULL, NULL);
    pthread_mutex_lock(&lock);
    ended = 1;
    pthread_cond_signal(&ending);
    pthread_mutex_unlock(&lock);
    pthread_join(printer, NULL);
}
