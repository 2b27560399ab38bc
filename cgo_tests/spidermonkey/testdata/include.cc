#include "zmqjs_spidermonkey.h"

JSObject *open_from_another_file(JSContext *cx)
{
    return zmqjs_spidermonkey_open(cx);
}
