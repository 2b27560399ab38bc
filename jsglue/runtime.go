package jsglue

import "github.com/zmqjs/zmqjs/jsglue/libzmq"

// A Runtime is what the calls of one JavaScript runtime have in common. Any number
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

// Close closes what the scripts left open, and waits for messages not yet sent, at
// most libzmq.LeaveTimeout milliseconds.
func (r *Runtime) Close() error {
	return r.Runtime.Close(libzmq.LeaveTimeout(-1))
}
