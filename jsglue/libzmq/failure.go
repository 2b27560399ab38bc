package libzmq

// #include "frame.h"
import "C"

import "unsafe"

// A FailureKind says how an operation has failed (enum core_failure_kind).
type FailureKind int

// The kinds of failures.
const (
	FailedErrno       = FailureKind(C.CORE_FAILED_ERRNO)       // Number: an errno, of libzmq or of the system
	FailedInterrupted = FailureKind(C.CORE_FAILED_INTERRUPTED) // a wait was interrupted
	FailedThis        = FailureKind(C.CORE_FAILED_THIS)        // this is no instance of the function's class
	FailedArguments   = FailureKind(C.CORE_FAILED_ARGUMENTS)   // the arguments are not those that the function takes
	FailedSize        = FailureKind(C.CORE_FAILED_SIZE)        // Number: the size of a message that should have another one
	FailedOption      = FailureKind(C.CORE_FAILED_OPTION)      // Number: the size of an option that does not have 32 bits
	FailedEvent       = FailureKind(C.CORE_FAILED_EVENT)       // a message is no event of a monitor
	FailedRuntime     = FailureKind(C.CORE_FAILED_RUNTIME)     // no runtime, or one that was freed
	FailedBusy        = FailureKind(C.CORE_FAILED_BUSY)        // another thread is inside the runtime, or it is being freed
	FailedLeft        = FailureKind(C.CORE_FAILED_LEFT)        // a thread ended in the middle of a call
	FailedEnding      = FailureKind(C.CORE_FAILED_ENDING)      // the process is ending
	FailedChild       = FailureKind(C.CORE_FAILED_CHILD)       // a child made by fork()
)

// A Failure describes why an operation has failed; it is in the operation's frame.
type Failure struct {
	Kind   FailureKind
	Number int64
}

// FailureOf reads the failure from a frame (zmqjs_frame *).
func FailureOf(frame unsafe.Pointer) Failure {
	failure := (*C.core_failure)(unsafe.Pointer(&C.core_frame_of((*C.zmqjs_frame)(frame)).as))
	return Failure{FailureKind(failure.kind), int64(failure.number)}
}
