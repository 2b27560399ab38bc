/*
 * library.h - the library's functions behind the contract
 *
 * Called by the names of zmqjs.h they go through contract.c, as an adapter's calls do.
 */
#ifndef LIBRARY_H
#define LIBRARY_H

#include "zmqjs.h"

const zmqjs_function *const *library_zmqjs_functions(size_t *count);
int library_zmqjs_register(const zmqjs_registrar *registrar, void *payload);
void library_zmqjs_frame_release(zmqjs_frame *frame);
int library_zmqjs_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release,
                              void **argument);
void library_zmqjs_finalize(zmqjs_instance *instance);

#endif
