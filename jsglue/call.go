package jsglue

import (
	"fmt"
	"syscall"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An Engine is what a call needs of the engine beyond its arguments and its
// result.
type Engine interface {
	// SetSlot keeps an argument in a slot of this; argument -1 empties the slot. It
	// fails with ErrEngine.
	SetSlot(slot uint32, argument int) error
}

// A Call is one call of a script. If it must wait, it is run again afterwards, with
// the same arguments and with what Progress holds.
type Call struct {
	Runtime   *Runtime
	Engine    Engine
	This      any // *Context, *Socket, *Poller, *Authenticator or *Monitor; nil for anything else
	Arguments []Data
	Progress
	wait     *libzmq.Wait
	function *Function
}

// Progress is what a call that waits knows when it is run again.
type Progress struct {
	Result   libzmq.Result   // how the wait has ended; 0 in the first run
	Deadline int64           // when it times out; as libzmq.Now counts; negative: never
	Received *libzmq.Message // the message to be received, if that has been done
}

// Wait is what the call must wait for, if Run returned ErrWait.
func (c *Call) Wait() *libzmq.Wait { return c.wait }

type waitError struct{}

func (waitError) Error() string { return "the call must wait" }

// ErrWait is returned by Run when the call must wait: Call.Wait says for what.
// Afterwards Call.Result is to be set and the call to be run again.
var ErrWait error = waitError{}

// blockUntil makes the call wait.
func (c *Call) blockUntil(wait *libzmq.Wait) error {
	c.wait = wait
	return ErrWait
}

// timedOut tells whether the call has waited until its deadline.
func (c *Call) timedOut() bool { return c.Result == libzmq.TimedOut }

// startDeadline sets the deadline in the call's first run.
func (c *Call) startDeadline(milliseconds int) {
	if c.Result == 0 {
		c.Deadline = libzmq.Deadline(milliseconds)
	}
}

// Run runs the function: it checks this and the arguments, and turns every failure
// into an *Error, except ErrEngine and ErrWait. A panic becomes an *Error too.
func (f *Function) Run(c *Call) (result Data, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			result.Release()
			result, err = Data{}, &Error{Message: fmt.Sprintf("%s: internal error: %v", f.Title(), panicked)}
		}
	}()
	if c.Result == libzmq.Interrupted || c.Result == libzmq.Signalled {
		interrupted := errnoError(int(syscall.EINTR))
		if f.waitsFor != nil {
			interrupted.Message += ": " + f.waitsFor(c)
		}
		return Data{}, interrupted
	}
	if f.Class != nil && ClassName(c.This) != f.Class.Name {
		return Data{}, f.typeErrorf("this is not a %s", f.Class.Name)
	}
	if err := f.check(c); err != nil {
		return Data{}, err
	}
	c.function = f
	result, err = f.run(c)
	switch err := err.(type) {
	case nil, *Error, waitError:
		return result, err
	}
	if err == ErrEngine {
		return Data{}, err
	}
	return Data{}, &Error{Message: f.Title() + ": " + err.Error()}
}

// flags is an optional parameter of send and receive flags.
func (c *Call) flags(argument int) int { return int(c.Arguments[argument].Int) }
