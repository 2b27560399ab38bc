/*
 * A callback of the host for the whole process. It may be called on any thread while it is being
 * replaced.
 */
#ifndef GLOBAL_CALLBACK_H
#define GLOBAL_CALLBACK_H

typedef struct global_callback {
    void (*function)(void); /* NULL: there is none */
    void *payload;
    struct global_callback *former; /* never freed: a call of it may be under way */
} global_callback;

typedef global_callback *_Atomic global_callback_variable;

/* Returns the current callback, or NULL. */
const global_callback *global_callback_get(global_callback_variable *variable);

/* Sets the callback and calls tell with whether there is one. Calls of tell have the order in
 * which threads set the callback. Returns ZMQJS_OK, or the status with which the function called
 * name fails. */
int global_callback_set(global_callback_variable *variable, const char *name, void (*function)(void), void *payload,
             void (*tell)(int is_set));

#endif
