/* Counters of the probe library (probe_library.c), for tests. */
#ifndef PROBE_LIBRARY_H
#define PROBE_LIBRARY_H

#include "zmqjs.h"

#ifdef __cplusplus
extern "C" {
#endif

int probe_live_runtimes(void);
int probe_live_boxes(void);
int probe_live_adoptions(void);
int probe_live_frames(void); /* not yet released */
int probe_interrupts(void);

#ifdef __cplusplus
}
#endif

#endif
