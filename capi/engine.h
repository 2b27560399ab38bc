/*
 * What a call asks of the engine: its callbacks, with payload, context and the
 * fallback of those that are optional. Those that return a status return ZMQJS_OK or
 * ZMQJS_EXCEPTION.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "capi.h"

int engine_value_get(const call *call, zmqjs_value value, zmqjs_data *data);
void engine_value_release(const call *call, zmqjs_data *data);
int engine_value_new(const call *call, const zmqjs_data *data, zmqjs_value *value);
void engine_value_free(const call *call, zmqjs_value value);
int engine_element_get(const call *call, zmqjs_value array, uint32_t index, zmqjs_value *element);
int engine_slot_set(const call *call, uint32_t slot, zmqjs_value value);
int engine_slot_get(const call *call, uint32_t slot, zmqjs_value *value);
int engine_scope_open(const call *call, zmqjs_value *scope);
void engine_scope_close(const call *call, zmqjs_value scope, zmqjs_value *keep);

/* ZMQJS_REFUSED too, also where the engine cannot adopt. */
int engine_bytes_adopt(const call *call, void *data, size_t length, zmqjs_release release, void *argument,
                       zmqjs_value *value);

void engine_throw(const call *call, const zmqjs_error *error);
void engine_throw_errno(const call *call, int number, const char *code);
void engine_throw_out_of_memory(const call *call);

/* A glue_wait's question; argument is the call. */
int engine_interrupted(void *argument);

#endif
