/* other.c - a library that keeps what is passed to its constructor */
int other_was_given(char **arguments);

static char **given;

__attribute__((constructor)) static void begin(int argument_count, char **arguments)
{
    (void)argument_count;
    given = arguments;
}

int other_was_given(char **arguments)
{
    return given == arguments;
}
