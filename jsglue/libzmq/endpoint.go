package libzmq

// #include <stdlib.h>
// #include "glue.h"
import "C"

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

const inproc = "inproc://"

// Transports whose endpoints end with a port, of which libzmq takes the lower 16 bits.
var transportsWithPorts = map[string]bool{
	"tcp": true, "udp": true, "ws": true, "wss": true, "pgm": true, "epgm": true, "norm": true,
}

// checkEndpoint looks at what bind and connect have in common.
func (s *Socket) checkEndpoint(endpoint string) error {
	if err := checkPorts(endpoint); err != nil {
		return err
	}
	return s.checkStream(endpoint)
}

// checkPorts refuses an endpoint with a port that libzmq would take for another one. What else
// may be wrong libzmq finds itself.
func checkPorts(endpoint string) error {
	transport, address, _ := strings.Cut(endpoint, "://")
	if !transportsWithPorts[transport] {
		return nil
	}
	if strings.HasPrefix(transport, "ws") {
		address, _, _ = strings.Cut(address, "/")
	}
	for _, part := range strings.Split(address, ";") { // a source address or an interface comes first
		colon := strings.LastIndexByte(part, ':')
		if colon < 0 || strings.HasSuffix(part, "]") {
			continue
		}
		port := part[colon+1:]
		if _, err := strconv.ParseUint(port, 10, 16); err != nil && port != "*" {
			return &RefusalError{Errno(syscall.EINVAL), fmt.Sprintf("the port must be a number from 0 to 65535, or * to bind any, not %q", port)}
		}
	}
	return nil
}

// checkPath refuses to bind at an ipc path where something else than a socket is: libzmq deletes
// what is there.
func checkPath(endpoint string) error {
	path, isPath := strings.CutPrefix(endpoint, "ipc://")
	if !isPath || path == "*" || strings.HasPrefix(path, "@") { // any path; no file
		return nil
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() != os.ModeSocket {
		return &RefusalError{Errno(syscall.EADDRINUSE), "there is a file at the path that is not a socket"}
	}
	return nil
}

// checkStream refuses inproc to a STREAM socket: libzmq ends the process when it receives a
// message of several parts.
func (s *Socket) checkStream(endpoint string) error {
	if s.Type() != C.ZMQ_STREAM || !strings.HasPrefix(endpoint, inproc) {
		return nil
	}
	return &RefusalError{Errno(C.ENOCOMPATPROTO), "a STREAM socket speaks plain TCP, and cannot use inproc"}
}

// connectInproc connects an open socket to an endpoint that perhaps nobody has bound.
func (s *Socket) connectInproc(connect func(string) error, endpoint string) error {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	switch errno := C.glue_inproc_connecting(s.c, text); errno {
	case 0:
	case C.GLUE_INPROC_CONFLATES:
		return &RefusalError{Errno(syscall.EOPNOTSUPP), "nobody has bound the endpoint, and a socket with CONFLATE cannot wait for that"}
	case C.EMFILE, C.ENFILE:
		return &RefusalError{Errno(errno), "nobody has bound the endpoint, which takes one more socket of the context until somebody does"}
	default:
		return Errno(errno)
	}
	err := connect(endpoint)
	if err != nil {
		C.glue_inproc_not_connected(s.c, text)
	}
	return err
}

// disconnectInproc disconnects an open socket.
func (s *Socket) disconnectInproc(endpoint string) error {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	// libzmq sends to these the routing id of who binds, and aborts where nobody can get it.
	if (s.Type() == C.ZMQ_ROUTER || s.Type() == C.ZMQ_REP) && C.glue_inproc_waits(s.c, text) != 0 {
		return &RefusalError{Errno(syscall.EOPNOTSUPP), "nobody has bound the endpoint; until somebody does, the connection ends only with the socket"}
	}
	return s.zmq.Disconnect(endpoint)
}

// noteInproc notes that an open socket has bound an endpoint of inproc, or unbound it.
func (s *Socket) noteInproc(endpoint string, bound bool) {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	if bound {
		C.glue_inproc_bound(s.c, text)
	} else {
		C.glue_inproc_unbound(s.c, text)
	}
}
