/*
 * contract.h - stands between the library and an adapter, and sees to it that the
 * library keeps to what zmqjs.h says of callbacks
 *
 * It checks each call of a callback, counts them, and can make one fail. A broken
 * rule ends the process with a message that begins "contract:".
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "double.h"
#include "zmqjs.h"

#include <signal.h>

enum callback {
    VALUE_GET,
    VALUE_NEW,
    ELEMENT_GET,
    SLOT_SET,
    SLOT_GET,
    THROW_ERROR,
    VALUE_RELEASE,
    VALUE_FREE,
    SCOPE_OPEN,
    SCOPE_CLOSE,
    BYTES_ADOPT,
    INTERRUPTED,
    CALLBACKS
};

#define BIT(callback) (1u << (callback))

extern const char *const callback_names[CALLBACKS];

struct contract {
    const zmqjs_engine *inner; /* what the adapter gives */
    void *payload;             /* and its payload */
    toy_engine *engine;
    unsigned absent;  /* optional callbacks that are left out: BIT()s */
    sigset_t signals; /* the mask under which the calls are made */

    size_t calls[CALLBACKS];

    /* The call of failing that will fail: 1 is the next. 0: none. A failing
     * callback leaves contract_failure() pending. */
    enum callback failing;
    size_t fail_at;
    size_t failed; /* how many have failed so */

    int refuse_adoption; /* bytes_adopt returns ZMQJS_REFUSED */
    size_t adopted;      /* accepted by bytes_adopt, */
    size_t adopted_ended; /* and released since */

    struct borrowing *borrowings; /* strings and bytes not released yet */
};

void contract_init(struct contract *contract, toy_engine *engine, const zmqjs_engine *inner,
                   void *payload, unsigned absent);

/* The engine for zmqjs_runtime_new(); its payload is the contract. */
zmqjs_engine contract_engine(const struct contract *contract);

/* Makes the n-th call of a callback from now on fail. */
void contract_fail(struct contract *contract, enum callback callback, size_t n);

/* Is this exception the one that a failing callback leaves? */
int contract_is_failure(toy_value *exception);

/* Checks what must hold between two calls: nothing is left behind in the engine. */
void contract_settled(struct contract *contract, const char *after);

#endif
