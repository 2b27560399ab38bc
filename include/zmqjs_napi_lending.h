/*
 * zmqjs_napi_lending.h - bytes that libzmq sends from an engine's own memory, for zmqjs_napi.h
 *
 * zmqjs_napi.h includes it where it is implemented. An ArrayBuffer or view that a call lends is kept by a
 * reference until libzmq has sent it. libzmq releases it on any thread; a threadsafe function then deletes
 * the reference on the environment's thread. Everything is static.
 */
#ifndef ZMQJS_NAPI_LENDING_H
#define ZMQJS_NAPI_LENDING_H

#include "zmqjs_adapter.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* The library makes a copy of fewer bytes. */
enum { ZMQJS_NAPI_LENT = 65536 };

/* Bytes of the engine that the library uses after a call. */
typedef struct zmqjs_napi_loan {
    zmqjs_lent lent; /* first */
    struct zmqjs_napi_loans *loans;
    struct zmqjs_napi_loan *next, **link; /* in a list of those that are in use, or were released */
    napi_ref value;
    int references; /* under the lock */
    int is_kept;    /* its memory outlives the environment */
} zmqjs_napi_loan;

/* All that an environment has lent. */
typedef struct zmqjs_napi_loans {
    napi_env env;
    pthread_mutex_t lock;
    pthread_cond_t released;
    napi_threadsafe_function tell; /* NULL while it lends nothing, and once the environment ends */
    zmqjs_napi_keeper keep;        /* or NULL */
    size_t *references;            /* of the state that this is a part of */
    zmqjs_napi_loan *used;         /* those that are in use */
    zmqjs_napi_loan *first;        /* those that were released */
    void (*end)(void *argument);   /* ends the runtime */
    void *argument;
} zmqjs_napi_loans;

static void zmqjs_napi_loans_init(zmqjs_napi_loans *loans, napi_env env) {
    loans->env = env;
    pthread_mutex_init(&loans->lock, NULL);
    pthread_cond_init(&loans->released, NULL);
}

static void zmqjs_napi_loans_destroy(zmqjs_napi_loans *loans) {
    pthread_mutex_destroy(&loans->lock);
    pthread_cond_destroy(&loans->released);
}

static void zmqjs_napi_retain(zmqjs_lent *lent) {
    zmqjs_napi_loan *loan = (zmqjs_napi_loan *)lent;
    pthread_mutex_lock(&loan->loans->lock);
    loan->references++;
    pthread_mutex_unlock(&loan->loans->lock);
}

/* Under the lock: makes a loan the first of a list. */
static void zmqjs_napi_link(zmqjs_napi_loan **list, zmqjs_napi_loan *loan) {
    loan->next = *list;
    loan->link = list;
    if (*list != NULL)
        (*list)->link = &loan->next;
    *list = loan;
}

/* Under the lock. */
static void zmqjs_napi_unlink(zmqjs_napi_loan *loan) {
    *loan->link = loan->next;
    if (loan->next != NULL)
        loan->next->link = loan->link;
}

/* Threads: any. */
static void zmqjs_napi_release(zmqjs_lent *lent) {
    zmqjs_napi_loan *loan = (zmqjs_napi_loan *)lent;
    zmqjs_napi_loans *loans = loan->loans;
    pthread_mutex_lock(&loans->lock);
    if (--loan->references > 0)
        loan = NULL;
    else
        zmqjs_napi_unlink(loan);
    if (loan != NULL && !loan->is_kept) {
        if (loans->first == NULL && loans->tell != NULL)
            napi_call_threadsafe_function(loans->tell, NULL, napi_tsfn_nonblocking);
        zmqjs_napi_link(&loans->first, loan);
        pthread_cond_signal(&loans->released);
        loan = NULL;
    }
    pthread_mutex_unlock(&loans->lock);
    free(loan);
}

/* Deletes the references of loans that were released. */
static void zmqjs_napi_delete_released(napi_env env, zmqjs_napi_loans *loans) {
    zmqjs_napi_loan *loan, *next;
    pthread_mutex_lock(&loans->lock);
    loan = loans->first;
    loans->first = NULL;
    pthread_mutex_unlock(&loans->lock);
    for (; loan != NULL; loan = next) {
        next = loan->next;
        napi_delete_reference(env, loan->value);
        free(loan);
    }
}

static void zmqjs_napi_told(napi_env env, napi_value callback, void *context, void *data) {
    (void)callback;
    (void)data;
    if (env != NULL)
        zmqjs_napi_delete_released(env, (zmqjs_napi_loans *)context);
}

/* Marks ArrayBuffers with the memory of messages, which the environment frees before it calls its hooks. */
static const napi_type_tag zmqjs_napi_received = {0x7a6d716a732d6e61U, 0x70692d6d65737361U};

static int zmqjs_napi_is_received(napi_env env, napi_value buffer) {
    bool is = false;
    return napi_check_object_type_tag(env, buffer, &zmqjs_napi_received, &is) == napi_ok && is;
}

/* Makes data, which is bytes of an ArrayBuffer, bytes that are lent, if that can be. The call holds a
 * reference. */
static void zmqjs_napi_lend(zmqjs_napi_loans *loans, napi_value buffer, zmqjs_data *data) {
    zmqjs_napi_loan *loan;
    if (zmqjs_napi_is_received(loans->env, buffer))
        return;
    loan = (zmqjs_napi_loan *)malloc(sizeof *loan);
    if (loan == NULL || napi_create_reference(loans->env, buffer, 1, &loan->value) != napi_ok) {
        free(loan);
        return;
    }
    loan->lent.data = data->as.data;
    loan->lent.retain = zmqjs_napi_retain;
    loan->lent.release = zmqjs_napi_release;
    loan->loans = loans;
    loan->references = 1;
    loan->is_kept = 0;
    pthread_mutex_lock(&loans->lock);
    zmqjs_napi_link(&loans->used, loan);
    pthread_mutex_unlock(&loans->lock);
    data->type = ZMQJS_LENT;
    data->flags = loans->keep != NULL ? ZMQJS_LASTING : 0;
    data->as.lent = &loan->lent;
}

/* Releases the references that a call holds of its arguments. */
static void zmqjs_napi_return(const zmqjs_data *arguments, size_t count) {
    size_t i;
    for (i = 0; i < count; i++) {
        if (arguments[i].type == ZMQJS_LENT)
            zmqjs_napi_release(arguments[i].as.lent);
        else if (arguments[i].type == ZMQJS_ARRAY && arguments[i].as.elements != NULL)
            zmqjs_napi_return(arguments[i].as.elements, arguments[i].length);
    }
}

/* Under the lock: whether the environment has to wait for a loan. */
static int zmqjs_napi_is_held(const zmqjs_napi_loans *loans) {
    const zmqjs_napi_loan *loan = loans->used;
    while (loan != NULL && loan->is_kept)
        loan = loan->next;
    return loan != NULL;
}

/* Under the lock: has the memory of all that is in use outlive the environment, and the state too. */
static void zmqjs_napi_keep_loans(zmqjs_napi_loans *loans) {
    napi_handle_scope scope;
    napi_value buffer;
    zmqjs_napi_loan *loan;
    if (loans->keep == NULL || loans->used == NULL || napi_open_handle_scope(loans->env, &scope) != napi_ok)
        return;
    ++*loans->references; /* for good */
    for (loan = loans->used; loan != NULL; loan = loan->next) {
        if (napi_get_reference_value(loans->env, loan->value, &buffer) == napi_ok && buffer != NULL &&
            loans->keep(loans->env, buffer) == 0) {
            napi_delete_reference(loans->env, loan->value);
            loan->is_kept = 1;
        }
    }
    napi_close_handle_scope(loans->env, scope);
}

/* Ends the runtime before the engine frees its memory, of which libzmq may still send some. libzmq does not
 * read that any more once its contexts have ended; a shared context, or one with a socket that was closed
 * before, may not have ended. */
static void zmqjs_napi_end_loans(void *argument) {
    zmqjs_napi_loans *loans = (zmqjs_napi_loans *)argument;
    int timeout = zmqjs_leave_timeout(-1);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += timeout / 1000;
    until.tv_nsec += timeout % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    loans->end(loans->argument);
    pthread_mutex_lock(&loans->lock);
    while (loans->used != NULL &&
           pthread_cond_timedwait(&loans->released, &loans->lock, &until) != ETIMEDOUT)
        continue;
    zmqjs_napi_keep_loans(loans);
    while (zmqjs_napi_is_held(loans))
        pthread_cond_wait(&loans->released, &loans->lock);
    napi_release_threadsafe_function(loans->tell, napi_tsfn_abort);
    loans->tell = NULL;
    pthread_mutex_unlock(&loans->lock);
    zmqjs_napi_delete_released(loans->env, loans);
}

/* Begins to lend. end(argument) ends the runtime; it is called when the environment ends. */
static napi_status zmqjs_napi_begin_loans(zmqjs_napi_loans *loans, void (*end)(void *argument), void *argument) {
    napi_value name = NULL;
    napi_status status;
    loans->end = end;
    loans->argument = argument;
    if ((status = napi_create_string_utf8(loans->env, "zmq", NAPI_AUTO_LENGTH, &name)) ||
        (status = napi_create_threadsafe_function(loans->env, NULL, NULL, name, 0, 1, NULL, NULL, loans,
                                                  zmqjs_napi_told, &loans->tell)))
        return status;
    napi_unref_threadsafe_function(loans->env, loans->tell);
    /* Hooks run last in, first out: this one runs before that of the function. */
    return napi_add_env_cleanup_hook(loans->env, zmqjs_napi_end_loans, loans);
}

#endif /* ZMQJS_NAPI_LENDING_H */
