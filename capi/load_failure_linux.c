#include "host_signals_linux.h"
#include "unsent_report.h"

#include <stdlib.h>
#include <string.h>

void load_fail(const char *what, int error)
{
    core_report_line("the library needs %s: %s", what, strerror(error));
    abort();
}
