package jsglue

import (
	"sync/atomic"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// An Operation is one that a policy allows or refuses. The numbers are those of enum
// zmqjs_operation in zmqjs.h.
type Operation int

// The operations.
const (
	BindOperation Operation = iota
	ConnectOperation
)

// A Policy decides whether scripts may do something with an endpoint.
type Policy func(operation Operation, endpoint string) bool

var policy atomic.Pointer[Policy]

// SetPolicy sets the policy of every runtime of the process; nil allows everything. It runs on the
// goroutine of the script's call.
func SetPolicy(function Policy) {
	if function == nil {
		policy.Store(nil)
		return
	}
	policy.Store(&function)
}

// guarded is a bind or connect that the policy is asked about.
func guarded(operation Operation, do func(*libzmq.Socket, string) error) func(*libzmq.Socket, string) error {
	return func(s *libzmq.Socket, endpoint string) error {
		if allows := policy.Load(); allows != nil && !s.Closed() && !(*allows)(operation, endpoint) {
			return errForbidden
		}
		return do(s, endpoint)
	}
}

var errForbidden = libzmq.EPERM
