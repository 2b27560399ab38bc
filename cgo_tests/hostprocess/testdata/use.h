/* use.h - a host's use of the library, with an engine of its own or with the bundled one */
#ifndef USE_H
#define USE_H

/* Loads a plugin (script.h), or the library itself, whose VMs then run the scripts; "none" loads
 * nothing. Ends the process with status 2 after a message if that fails. */
void use_load(const char *path);

/* Makes use_run() use another one that dlopen() has returned; NULL ends the process in the same way.
 * Returns the former one. */
void *use_loaded(void *loaded);

/* Runs a script on the calling thread: 0, or -1 after a message on stderr. 0 if nothing is loaded. */
int use_run(const char *source);

/* Makes a runtime and frees it. Ends the process with status 2 after a message if that fails. */
void use_briefly(void);

/* Whether scripts run in the bundled engine. */
int use_is_bundled(void);

/* A script that sends a message and receives it. */
extern const char use_message[];

#endif
