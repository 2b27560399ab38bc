/* definition.h - the library's registrations, as a list for look-ups */
#ifndef DEFINITION_H
#define DEFINITION_H

#include "zmqjs.h"

enum definition_kind { DEFINED_CLASS, DEFINED_FUNCTION, DEFINED_ACCESSOR, DEFINED_VALUE };

/* One property, in the order of registration. */
struct definition {
    enum definition_kind kind;
    const zmqjs_property *property;
    const zmqjs_class *of;          /* the class begun last, or NULL */
    const zmqjs_function *function; /* or a getter, or a class's constructor */
    const zmqjs_function *setter;
    const zmqjs_data *value;
};

/* Walks the module's definition at the first call; the list stays. */
const struct definition *definitions(size_t *count);

/* These fail the case if there is no such entry. class_name NULL: a function of the module. */
const zmqjs_function *function_named(const char *class_name, const char *name);
const zmqjs_function *getter_named(const char *class_name, const char *name);
const zmqjs_class *class_named(const char *name);
int32_t constant_named(const char *name);

#endif
