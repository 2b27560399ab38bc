package libzmq

// #include <stdlib.h>
// #include "glue.h"
// static void report_line(const char *line) { glue_report_line("%s", line); }
import "C"

import (
	"fmt"
	"sync"
	"unsafe"
)

const (
	usualTermReport   = 5000
	longestTermReport = 1000000000
)

// TermReport is after how many milliseconds of waiting term() tells what it waits for; 0: never.
var TermReport = sync.OnceValue(func() int {
	variable := C.CString("ZMQJS_TERM_REPORT")
	defer C.free(unsafe.Pointer(variable))
	return int(C.glue_environment(variable, longestTermReport, usualTermReport))
})

// Report writes a line on standard error.
func Report(line string) {
	text := C.CString(line)
	defer C.free(unsafe.Pointer(text))
	C.report_line(text)
}

// recovered runs a function on a goroutine that has no caller to hand a panic to, which would end
// the process: it is reported, and failed is true.
func recovered(name string, run func()) (failed bool) {
	defer func() {
		if panicked := recover(); panicked != nil {
			Report(fmt.Sprintf("%s: internal error: %v", name, panicked))
			failed = true
		}
	}()
	run()
	return false
}
