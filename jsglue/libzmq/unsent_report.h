/* The report of messages that were not sent in time. */
#ifndef CORE_UNSENT_REPORT_H
#define CORE_UNSENT_REPORT_H

#include "core.h"

/* "PAIR"; "socket" for an unknown type. */
const char *core_type_name(int type);

/* Notes a socket that is closed; forgets all notes. */
void core_report_note(core_context *context, const core_socket *socket);
void core_report_forget(core_context *context);

/* The text of the notes, from malloc; NULL if memory runs out. */
char *core_report_closed(const core_context *context);

/* Reports once that the time was up before all messages of a context were sent, if its sockets
 * have sent any. */
void core_report(core_context *context, int timeout);

/* Writes a line on standard error. */
void core_report_line(const char *format, ...) __attribute__((format(CORE_PRINTF, 1, 2)));

#endif
