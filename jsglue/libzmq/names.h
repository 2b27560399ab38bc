/* Names of constants in results. Go sets them before the first call. */
#ifndef NAMES_H
#define NAMES_H

/* Sets the name of a monitor's event, or of a protocol error; name stays valid for ever. */
void core_name_event(int event, const char *name);
void core_name_protocol_error(int error, const char *name);

/* Return the name; "" if there is none. */
const char *core_event_name(int event);
const char *core_protocol_error_name(int error);

#endif
