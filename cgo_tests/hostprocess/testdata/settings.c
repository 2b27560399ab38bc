/*
 * settings.c - a host in whose environment there are settings of Go's
 *
 *     settings PLUGIN|LIBRARY|none NAME...
 *
 * uses the library, and tells what the variables are before and afterwards.
 */
#include <stdio.h>
#include <stdlib.h>

#include "use.h"

static void tell(const char *when, int count, char **names)
{
    for (int i = 0; i < count; i++) {
        const char *value = getenv(names[i]);
        printf("%s: %s=%s\n", when, names[i], value != NULL ? value : "(none)");
    }
}

/* The variables for scripts of the bundled engine, and for their children. */
static const char seen[] =
    "import * as std from 'std';\n"
    "const names = ['GODEBUG', 'GOGC', 'GOMEMLIMIT', 'GOMAXPROCS', 'GOTRACEBACK'];\n"
    "const list = std.getenviron();\n"
    "const initial = std.loadFile('/proc/self/environ').split('\\0');\n"
    "const of = name => initial.find(entry => entry.startsWith(name + '='))?.slice(name.length + 1);\n"
    "for (const name of names)\n"
    "    if (std.getenv(name) !== of(name) || list[name] !== of(name))\n"
    "        throw new Error(`${name} is ${std.getenv(name)}, and in the list ${list[name]}`);\n"
    "const child = std.popen('env', 'r').readAsString();\n"
    "for (const name of names)\n"
    "    if (child.split('\\n').includes(`${name}=${of(name)}`) !== (of(name) !== undefined))\n"
    "        throw new Error(`${name}: the child's environment is ${child}`);\n"
    "for (const name of Object.keys(list))\n"
    "    if (name.charCodeAt(0) < 32) throw new Error(`a variable named ${name}`);\n"
    "const was = std.getenv('GOGC');\n"
    "std.setenv('GOGC', '200');\n"
    "if (std.getenv('GOGC') !== '200' || std.getenviron().GOGC !== '200') throw new Error('not set');\n"
    "std.unsetenv('GOGC');\n"
    "if (std.getenv('GOGC') !== undefined || 'GOGC' in std.getenviron()) throw new Error('not unset');\n"
    "if (was !== undefined) std.setenv('GOGC', was);\n";

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    tell("before", argc - 2, argv + 2);
    use_load(argv[1]);
    tell("loaded", argc - 2, argv + 2);
    if (use_run(use_message) != 0 || (use_is_bundled() && use_run(seen) != 0))
        return 1;
    tell("used", argc - 2, argv + 2);
    return 0;
}
