package libzmq

// #include "core.h"
// #ifdef __GLIBC__
// enum { HAS_GLIBC = 1 };
// #else
// enum { HAS_GLIBC = 0 };
// #endif
import "C"

import (
	"strings"
	"syscall"
)

// Go has texts for errors below this number. Those of libzmq are above it.
const systemErrors = 133

// musl has other words than glibc for most errors.
func init() {
	for number := 1; number < systemErrors && C.HAS_GLIBC == 0; number++ {
		if text := glibcText(number); text != "" {
			C.core_error_text_set(C.int(number), C.CString(text)) // never freed
		}
	}
}

// glibcText returns glibc's text of an error number, "" if there is none or libzmq has one of its own. Go has it with a
// lower-case first letter.
func glibcText(number int) string {
	text := syscall.Errno(number).Error()
	if strings.HasPrefix(text, "errno ") || syscall.Errno(number) == syscall.EHOSTUNREACH {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
