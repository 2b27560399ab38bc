#include "environment.h"

#include <stdlib.h>

int64_t core_environment(const char *variable, int64_t maximum, int64_t usual)
{
    const char *text = getenv(variable);
    if (text == NULL || *text == '\0')
        return usual;
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    return errno == 0 && *end == '\0' && number >= 0 && number <= maximum ? number : usual;
}
