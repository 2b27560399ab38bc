package jsglue

import (
	"fmt"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// A Call is one call of a script.
type Call struct {
	Runtime   *Runtime
	This      Object // nil for anything that is no instance
	Arguments []Data
	function  *Function
}

// Run runs a function that has no operation in C, inside the call's runtime: it checks this and the
// arguments, and turns every failure into an *Error. A panic becomes one too.
func (f *Function) Run(c *Call) (result Data, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			result, err = Data{}, &Error{Message: fmt.Sprintf("%s: internal error: %v", f.Title(), panicked)}
		}
	}()
	if f.Class != nil && (c.This == nil || c.This.Class() != f.Class) {
		return Data{}, f.wrongThis()
	}
	if err := f.check(c); err != nil {
		return Data{}, err
	}
	c.function = f
	if result, err = f.run(c); err != nil {
		return Data{}, f.asError(err)
	}
	return result, nil
}

// asError makes the exception for an error that a function has returned.
func (f *Function) asError(err error) error {
	err = asError(err)
	if _, ok := err.(*Error); ok {
		return err
	}
	return &Error{Message: f.Title() + ": " + err.Error()}
}

// Explain puts into words how the function's operation in C has failed.
func (f *Function) Explain(c *Call, failure libzmq.Failure) (failed *Error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			failed = &Error{Message: fmt.Sprintf("%s: internal error: %v", f.Title(), panicked)}
		}
	}()
	c.function = f
	err := f.explain(c, failure)
	failed, _ = f.asError(err).(*Error)
	return failed
}

func (f *Function) explain(c *Call, failure libzmq.Failure) error {
	switch failure.Kind {
	case libzmq.FailedErrno:
		_ = f.check(c) // for the form of the arguments; they are those that it takes
		if f.explainErrno != nil {
			return f.explainErrno(c, libzmq.Errno(failure.Number))
		}
		return libzmq.Errno(failure.Number)
	case libzmq.FailedInterrupted:
		return f.interrupted(c)
	case libzmq.FailedThis:
		return f.wrongThis()
	case libzmq.FailedArguments:
		return f.wrongArguments(c)
	case libzmq.FailedSize:
		return f.typeErrorf("%v", f.wrongSize(int(failure.Number)))
	case libzmq.FailedOption:
		return wrongOptionSize(int(c.Arguments[0].Int), "a 32-bit integer", int(failure.Number))
	case libzmq.FailedEvent:
		return f.typeErrorf("the message is not an event of a monitor. It is lost")
	}
	return f.Refused(failure.Kind)
}

// Refused is the error of a call that could not enter its runtime.
func (f *Function) Refused(kind libzmq.FailureKind) *Error {
	errno, text := int(libzmq.ETERM), "the runtime has ended"
	switch kind {
	case libzmq.FailedBusy:
		errno, text = int(libzmq.EBUSY), "another thread is inside the runtime, or it is ending"
	case libzmq.FailedLeft:
		errno, text = int(libzmq.ECANCELED), "a thread ended in the middle of a call: the runtime can only be freed"
	case libzmq.FailedEnding:
		text = "the process is ending"
	case libzmq.FailedChild:
		errno, text = int(libzmq.ENOTSUP), "a child made by fork() cannot use ZeroMQ: it must call exec() first"
	}
	refused := errnoError(errno)
	refused.Message = f.Title() + ": " + text
	return refused
}

func (f *Function) interrupted(c *Call) error {
	interrupted := errnoError(errnoInterrupted)
	if f.waitsFor != nil {
		interrupted.Message += ": " + f.waitsFor(c)
	}
	return interrupted
}

func (f *Function) wrongThis() *Error { return f.typeErrorf("this is not a %s", f.Class.Name) }

// wrongArguments explains why the operation does not accept its arguments.
func (f *Function) wrongArguments(c *Call) error {
	if err := f.check(c); err != nil {
		return err
	}
	if f.refuse != nil {
		if err := f.refuse(c); err != nil {
			return err
		}
	}
	return f.typeErrorf("the arguments are not those that it takes")
}
