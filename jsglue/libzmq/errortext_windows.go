package libzmq

// #include "core.h"
import "C"

import "github.com/zmqjs/zmqjs/jsglue/internal/cerrno"

func init() {
	for number, known := range cerrno.Known {
		C.core_error_text_set(C.int(number), C.CString(known.Text)) // never freed
	}
}
