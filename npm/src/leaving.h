/*
 * The wait of an exiting process if a script asks for it: without limit for unsent messages, as in
 * npm's zeromq, with a warning on standard error during the wait.
 */
#ifndef LEAVING_H
#define LEAVING_H

#include <node_api.h>

typedef struct leaving leaving;

/*
 * Defines on exports:
 *   wait_at_exit(warning)  from now on the process waits when it exits, and writes warning after half a second; null
 *                          writes nothing. In environments of workers it has no effect.
 *   leave()                ends the environment's contexts as its end would, for systems where the exit of the process
 *                          comes too late for that. Calls of the module throw afterwards.
 * Call it before the environment's other hooks are added, and leaving_begin() after that. NULL where it fails.
 */
leaving *leaving_define(napi_env env, napi_value exports);
napi_status leaving_begin(napi_env env, leaving *leaving);

#endif
