package libzmq

// #include "core.h"
// #ifdef __GLIBC__
// enum { HAS_GLIBC = 1 };
// #else
// enum { HAS_GLIBC = 0 };
// #endif
import "C"

import "github.com/zmqjs/zmqjs/jsglue/internal/cerrno"

const systemErrors = int(C.CORE_SYSTEM_ERRORS)

// Other C libraries than glibc have other words for many errors.
func init() {
	for number := 1; number < systemErrors && C.HAS_GLIBC == 0; number++ {
		if text := systemText(number); text != "" {
			C.core_error_text_set(C.int(number), C.CString(text)) // never freed
		}
	}
}

// systemText is glibc's text of an error number, "" if there is none or libzmq has one of its own on every system.
func systemText(number int) string {
	if Errno(number) == EHOSTUNREACH {
		return ""
	}
	return cerrno.Text(number)
}
