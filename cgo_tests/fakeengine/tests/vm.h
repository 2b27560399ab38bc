/* vm.h - the bundled engine, for cases that run scripts in it */
#ifndef VM_H
#define VM_H

#include "check.h"
#include "zmqjs.h"

/* The requests of scripts to signal_action. */
struct asked {
    int calls, number, action, answer;
    pid_t thread;
    char seen[65]; /* by number; written last */
};

extern struct asked asked;
extern const zmqjs_vm_options vm_options; /* with signal_action */

/* Makes a VM; where the library has none, the case is skipped. */
zmqjs_vm *vm_open(void);
void vm_close(zmqjs_vm *vm);
int evaluate(zmqjs_vm *vm, const char *source);

/* Scripts report progress by os.signal(number, null). A report is returned once. */
int told(int number);
void wait_until_told(int number);

/* A whole life of a VM: a script with two sockets, a bind, a connect, one message. */
void one_vm_life(void);

#endif
