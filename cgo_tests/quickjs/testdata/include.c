/* The header in a file of its own, with the options that the compiler is given. */
#ifdef STRANGE_ENGINE
#define JS_EVAL_TYPE_MODULE 1
typedef struct JSContext JSContext;
typedef struct JSModuleDef JSModuleDef;
#elif !defined(WITHOUT_ENGINE)
#include <quickjs.h>
#endif
#include <zmqjs_quickjs.h>

/* Without the implementation nothing else would be in this file. */
extern const char include_is_not_empty[];
