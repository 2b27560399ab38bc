/* definition.c - see definition.h */
#include "definition.h"

#include "check.h"
#include "library.h"

#include <string.h>

enum { MOST = 2000 };
static struct definition list[MOST];
static size_t list_count;
static const zmqjs_class *current;

static struct definition *add(enum definition_kind kind, const zmqjs_property *property)
{
    if (list_count == MOST) FAIL("the module has too many properties");
    struct definition *definition = &list[list_count++];
    definition->kind = kind;
    definition->property = property;
    definition->of = current;
    return definition;
}

static int begin_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    (void)payload;
    current = definition;
    add(DEFINED_CLASS, property)->function = definition->constructor;
    return ZMQJS_OK;
}

static int define_function(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function)
{
    (void)payload;
    add(DEFINED_FUNCTION, property)->function = function;
    return ZMQJS_OK;
}

static int define_accessor(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter)
{
    (void)payload;
    struct definition *definition = add(DEFINED_ACCESSOR, property);
    definition->function = getter;
    definition->setter = setter;
    return ZMQJS_OK;
}

static int define_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    (void)payload;
    add(DEFINED_VALUE, property)->value = value;
    return ZMQJS_OK;
}

static void walk(void)
{
    static const zmqjs_registrar registrar = {
        ZMQJS_ABI_VERSION, sizeof registrar, begin_class, define_function, define_accessor,
        define_value,
    };
    CHECK_STATUS(library_zmqjs_register(&registrar, NULL), ZMQJS_OK);
}

const struct definition *definitions(size_t *count)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, walk);
    *count = list_count;
    return list;
}

static int is_on(const struct definition *definition, const char *class_name)
{
    uint32_t target = definition->property->target;
    if (!class_name) return target == ZMQJS_ON_MODULE;
    return target != ZMQJS_ON_MODULE && strcmp(definition->of->name, class_name) == 0;
}

static const struct definition *find(enum definition_kind kind, const char *class_name,
                                     const char *name)
{
    size_t count;
    const struct definition *all = definitions(&count);
    for (size_t i = 0; i < count; i++)
        if (all[i].kind == kind && all[i].property->name && is_on(&all[i], class_name) &&
            strcmp(all[i].property->name, name) == 0)
            return &all[i];
    FAIL("the module has no %s.%s", class_name ? class_name : "zmq", name);
}

const zmqjs_function *function_named(const char *class_name, const char *name)
{
    return find(DEFINED_FUNCTION, class_name, name)->function;
}

const zmqjs_function *getter_named(const char *class_name, const char *name)
{
    return find(DEFINED_ACCESSOR, class_name, name)->function;
}

const zmqjs_class *class_named(const char *name)
{
    return find(DEFINED_CLASS, NULL, name)->of;
}

int32_t constant_named(const char *name)
{
    const zmqjs_data *value = find(DEFINED_VALUE, NULL, name)->value;
    if (value->type != ZMQJS_INT32) FAIL("zmq.%s is no int32", name);
    return value->as.int32;
}
