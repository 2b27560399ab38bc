package jsglue

import "github.com/zmqjs/zmqjs/jsglue/libzmq"

// A Runtime is the common state of all calls from one JavaScript runtime. Any number
// of them may be used at once, each by one thread at a time.
type Runtime struct{ *libzmq.Runtime }

// NewRuntime makes a runtime; it opens one descriptor (eventfd).
func NewRuntime() (*Runtime, error) {
	runtime, err := libzmq.NewRuntime()
	if err != nil {
		return nil, asError(err)
	}
	return &Runtime{runtime}, nil
}

// Close closes the sockets and contexts that scripts left open, and waits for unsent messages, at
// most libzmq.LeaveTimeout milliseconds.
func (r *Runtime) Close() error {
	return r.Runtime.Close(libzmq.LeaveTimeout(-1))
}
