package libzmq

// #include "core.h"
import "C"

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A RefusalError explains why a call was refused before libzmq could end the process or do
// something other than the caller asked for.
type RefusalError struct {
	Errno  Errno
	Reason string
}

func (e *RefusalError) Error() string { return e.Errno.Error() + ": " + e.Reason }

func (e *RefusalError) Unwrap() error { return e.Errno }

// checkOption refuses option values with which libzmq does harm when the socket is used.
func (s *Socket) checkOption(option int, value []byte) error {
	switch option {
	case C.ZMQ_USE_FD:
		return checkListener(value)
	case C.ZMQ_ROUTER_MANDATORY:
		// libzmq aborts if the peer whose request was received has gone.
		if s.Type() == C.ZMQ_REP && !isZero(value) {
			return &RefusalError{EINVAL, "a REP socket cannot be told of peers that are gone"}
		}
	case C.ZMQ_SOCKS_PROXY:
		port := string(value[strings.LastIndexByte(string(value), ':')+1:])
		if number, err := strconv.ParseUint(port, 10, 64); number > math.MaxUint16 && (err == nil || number == math.MaxUint64) {
			return &RefusalError{EINVAL, "the port must be a number from 0 to 65535"}
		}
	}
	return nil
}

func isZero(value []byte) bool {
	for _, each := range value {
		if each != 0 {
			return false
		}
	}
	return true
}

// checkListener refuses a descriptor that is not a listening socket: libzmq would use it as one,
// and close it.
func checkListener(value []byte) error {
	if len(value) != 4 {
		return nil
	}
	descriptor := int(int32(binary.NativeEndian.Uint32(value)))
	if descriptor < 0 {
		return nil
	}
	if C.core_is_listening(C.zmq_fd_t(descriptor)) != 0 {
		return nil
	}
	return &RefusalError{EINVAL, fmt.Sprintf("descriptor %d is not a socket that listens", descriptor)}
}
