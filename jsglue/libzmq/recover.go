package libzmq

// #include <stdlib.h>
// #include "unsent_report.h"
// static void report_line(const char *line) { core_report_line("%s", line); }
import "C"

import (
	"fmt"
	"unsafe"
)

// recovered runs a function on a goroutine without a caller that could handle a panic, which would
// end the process. It reports a panic on standard error and returns true.
func recovered(name string, run func()) (failed bool) {
	defer func() {
		if panicked := recover(); panicked != nil {
			line := C.CString(fmt.Sprintf("%s: internal error: %v", name, panicked))
			C.report_line(line)
			C.free(unsafe.Pointer(line))
			failed = true
		}
	}()
	run()
	return false
}
