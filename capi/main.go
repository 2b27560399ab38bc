// Command capi is the shared library libzmqjs.so: the C ABI of include/zmqjs.h over package jsglue.
// Every function that the library exports is in C; those exported here are called only from there,
// with all signals blocked.
package main

// #cgo CFLAGS: -std=c11 -D_GNU_SOURCE -O3 -fno-plt -fexceptions -Wall -Wextra -I${SRCDIR}/../include -I${SRCDIR}/../jsglue/libzmq
// #cgo windows CFLAGS: -D_WIN32_WINNT=0x0A00 -D__USE_MINGW_ANSI_STDIO=1
// #cgo pkg-config: libzmq
// #cgo linux LDFLAGS: -Wl,-wrap=pthread_create
import "C"

import (
	"time"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

func init() { libzmq.EndDefaultContext() }

func main() {}

// goStarted returns when Go has started, since every call from C waits for that.
//
//export goStarted
func goStarted() {}

// goSleep makes Go open the two descriptors that it waits with.
//
//export goSleep
func goSleep() { time.Sleep(time.Microsecond) }
