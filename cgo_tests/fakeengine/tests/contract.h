/*
 * contract.h - checks, between an adapter and the library, that both keep the contract of zmqjs.h
 *
 * The adapter's calls by the names of zmqjs.h come here first. Arguments are lent to the library in
 * copies that are inaccessible after the call; the library's output is checked; frames, adopted
 * bytes and instances are counted. A broken rule ends the process with a message that begins
 * "contract:".
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "fakeengine.h"
#include "zmqjs.h"

#include <signal.h>

enum callback { INTERRUPTED, COLLECT, CALLBACKS };

#define BIT(callback) (1u << (callback))

struct contract {
    const zmqjs_engine *inner; /* the adapter's */
    void *payload;             /* and its payload */
    fe_engine *engine;
    unsigned absent;  /* callbacks that are left out: BIT()s */
    sigset_t signals; /* the mask under which the calls are made */

    size_t calls;              /* of functions of the module */
    size_t asked[CALLBACKS];   /* calls of the callbacks */
    const zmqjs_function *under_way; /* the innermost call of the library; NULL: none */

    const zmqjs_frame **held; /* that wait for their release */
    size_t held_count, held_room;
    size_t released; /* how many have been */

    int refuse_adoption;  /* zmqjs_frame_adopt() fails */
    size_t adopted;       /* bytes that were taken over, */
    size_t adopted_ended; /* and released since */
};

void contract_init(struct contract *contract, fe_engine *engine, const zmqjs_engine *inner,
                   void *payload, unsigned absent);
void contract_done(struct contract *contract);

/* The engine for zmqjs_runtime_new(); its payload is the contract. */
zmqjs_engine contract_engine(const struct contract *contract);

/* Checks the state between two calls of a script: every frame is released. */
void contract_settled(const struct contract *contract, const char *after);

/* How many instances that calls have given are not finalized yet. */
size_t contract_instances(const struct contract *contract);

/* ---- the rules, for cases that break them ------------------------------------------------ */

/* Calls a function of the library, by its fast call if that is wanted, and the function and the arguments allow it. */
int contract_pass(const zmqjs_function *function, zmqjs_frame *frame, int fast);

/* Calls a replaced function of the library as an adapter does. */
int contract_call(struct contract *contract, const zmqjs_function *function,
                  const zmqjs_function *inner, zmqjs_frame *frame);

#endif
