/* What differs between systems: system_unix.c and system_windows.c implement it. */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <pthread.h>
#include <stdio.h>
#include <time.h>

/* The arguments of main() as UTF-8; NULL without memory. They stay until the process ends. */
char **system_arguments(int *count, char **arguments);

/* Has a function called when a signal comes, again and again; or SIG_DFL or SIG_IGN. 0, or an errno. */
int system_handle(int signal_number, void (*handler)(int));

/* Starts a thread that gets no signals: 0, or an errno. */
int system_start_thread(pthread_t *thread, void *(*routine)(void *));

/* Makes a condition. Returns the clock of the deadlines of its waits. */
clockid_t system_condition(pthread_cond_t *condition);

/* A stream into memory, NULL if there is none; its text when it is closed, from malloc, NULL if it cannot be had. */
FILE *system_open_text(void);
char *system_close_text(FILE *stream);

#endif
