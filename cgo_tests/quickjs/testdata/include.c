/* Only includes the header, with the options given to the compiler. */
#ifdef STRANGE_ENGINE
#define JS_EVAL_TYPE_MODULE 1
typedef struct JSContext JSContext;
typedef struct JSModuleDef JSModuleDef;
#elif !defined(WITHOUT_ENGINE)
#include <quickjs.h>
#endif
#include <zmqjs_quickjs.h>

/* ISO C forbids an empty translation unit. */
extern const char include_is_not_empty[];
