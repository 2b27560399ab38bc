/* script.h - a JavaScript engine with the module, as a plugin that a host loads late */
#ifndef SCRIPT_H
#define SCRIPT_H

/* Runs a script, in an engine of its own, on the calling thread. The script's host() returns
 * *word. 0, or -1 after a message on stderr. */
int script_run(const char *source, const volatile int *word);

#endif
