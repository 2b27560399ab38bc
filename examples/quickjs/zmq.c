/*
 * The module for a qjs that is not to be touched: a shared library that it loads.
 *
 *     cc -shared -fPIC -I/path/to/quickjs -o zmq.so zmq.c -lzmqjs
 *     qjs --std -I preload.js script.js
 *
 * preload.js holds the line `import "./zmq.so";`. From then on every script of that qjs may
 * say `import * as zmq from "zmq"`. A program of one's own that embeds the engine needs no
 * shared library: see the head of zmqjs_quickjs.h.
 */
#include <quickjs.h>

#define ZMQJS_QUICKJS_STATIC
#define ZMQJS_QUICKJS_SHARED_LIBRARY
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include <zmqjs_quickjs.h>
