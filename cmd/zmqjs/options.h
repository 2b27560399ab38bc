/* The command line of the runner. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdint.h>

typedef struct options {
    enum { RUN, HELP, VERSION } command;
    int trace, stat, json;
    uint64_t memory_limit; /* 0: none */
    int inline_code;       /* the script is code, not a file */
    char **script;         /* the file or the code, and the script's arguments */
    int count;             /* of script's elements */
} options;

/* Reads the command line. If it is wrong, prints why to standard error, and returns 0. */
int options_read(options *result, int argc, char **argv);

/* Prints the text of --help. 0, or an error that printf() has met. */
int options_help(void);

#endif
