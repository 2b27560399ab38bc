package jsglue

import (
	"errors"
	"fmt"

	"github.com/zmqjs/zmqjs/jsglue/internal/cerrno"
	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An ErrorClass says which of the engine's constructors makes an error. The numbers
// are those of enum zmqjs_error_class in zmqjs.h.
type ErrorClass uint32

// The classes of errors.
const (
	PlainError ErrorClass = iota // Error
	TypeError
	RangeError
)

// An Error is an exception for the script.
type Error struct {
	Class    ErrorClass
	Message  string
	Code     string  // property "code" ("EADDRINUSE"); "" for none
	Errno    int     // property "errno"; 0 for none
	Endpoint *string // property "endpoint"; nil for none
}

func (e *Error) Error() string { return e.Message }

const errnoInterrupted = int(libzmq.EINTR)

// The names of libzmq's own error numbers; the system's are in cerrno.
var errnoNames = func() map[int]string {
	names := map[int]string{}
	for _, constant := range errorConstants {
		names[int(constant.Value)] = constant.Name
	}
	return names
}()

// errnoName is the name of an error number ("EAGAIN").
func errnoName(errno int) string {
	if name, ok := errnoNames[errno]; ok {
		return name
	}
	return cerrno.Name(errno)
}

// errnoError is the exception for an error number, with libzmq's text or ours.
func errnoError(errno int) *Error {
	text, known := errnoTexts[errno]
	if !known {
		text = libzmq.Errno(errno).Error()
	}
	return &Error{
		Message: text,
		Code:    errnoName(errno),
		Errno:   errno,
	}
}

// asError is the exception for an error that a call of libzmq returned.
func asError(err error) error {
	var refusal *libzmq.RefusalError
	if errors.As(err, &refusal) {
		refused := errnoError(int(refusal.Errno))
		refused.Message = refusal.Error()
		return refused
	}
	var errno libzmq.Errno
	if errors.As(err, &errno) {
		return errnoError(int(errno))
	}
	return err
}

// atEndpoint is asError for a call that names an endpoint; the message names both.
func atEndpoint(err error, call, endpoint string) error {
	err = asError(err)
	if e, ok := err.(*Error); ok {
		why := whyEndpointFails(e.Errno, call, endpoint)
		if why != "" {
			why = "; " + why
		}
		e.Message = fmt.Sprintf("%s (%s %s%s)", e.Message, call, endpoint, why)
		e.Endpoint = &endpoint
	}
	return err
}

// Ended is the exception for a call after its runtime has ended.
func (f *Function) Ended() *Error {
	e := errnoError(int(libzmq.ETERM))
	e.Message = f.Title() + ": the runtime has ended"
	return e
}

// rangeErrorf is a RangeError that begins with the signature of the call.
func (f *Function) rangeErrorf(format string, arguments ...any) *Error {
	e := f.typeErrorf(format, arguments...)
	e.Class = RangeError
	return e
}

// typeErrorf is a TypeError that begins with the signature of the call.
func (f *Function) typeErrorf(format string, arguments ...any) *Error {
	return &Error{
		Class:   TypeError,
		Message: f.Title() + ": " + fmt.Sprintf(format, arguments...),
	}
}

// ErrorOf is the exception for an error that Function.Run has returned.
func ErrorOf(err error) *Error {
	if failed, ok := err.(*Error); ok {
		return failed
	}
	return &Error{Message: err.Error()}
}
