/*
 * A function of the host's that holds for the whole process, of which there is one at a
 * time: it may be called on any thread while it is exchanged.
 */
#ifndef GLOBAL_CALLBACK_H
#define GLOBAL_CALLBACK_H

typedef struct global_callback {
    void (*function)(void); /* NULL: there is none */
    void *payload;
    struct global_callback *former; /* kept: a call may be under way in it */
} global_callback;

typedef global_callback *_Atomic global_callback_variable;

/* What is set now, or NULL. */
const global_callback *global_callback_get(global_callback_variable *variable);

/* Sets it, and tells whether there is one, so that what is told last is true: other threads may do
 * the same meanwhile. ZMQJS_OK, or the status with which name fails. */
int global_callback_set(global_callback_variable *variable, const char *name, void (*function)(void), void *payload,
             void (*tell)(int is_set));

#endif
