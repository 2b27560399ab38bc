package libzmq

// #include <stdlib.h>
// #include "denied.h"
// #include "inproc.h"
// #include "socket.h"
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

// either calls the first function for an endpoint of inproc, the second one for any other.
func either(endpoint string, within, other func(string) error) func(string) error {
	if strings.HasPrefix(endpoint, inproc) {
		return within
	}
	return other
}

// Transports whose endpoints end with a port, of which libzmq uses the lower 16 bits.
var transportsWithPorts = map[string]bool{
	"tcp": true, "udp": true, "ws": true, "wss": true, "pgm": true, "epgm": true, "norm": true,
}

// checkEndpoint makes the checks that bind and connect share.
func (s *Socket) checkEndpoint(endpoint string) error {
	if err := checkPorts(endpoint); err != nil {
		return err
	}
	if err := s.checkDatagram(endpoint); err != nil {
		return err
	}
	return s.checkStream(endpoint)
}

// checkPorts refuses an endpoint whose port libzmq would read as another number. libzmq finds other
// errors itself.
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
			return &RefusalError{EINVAL, fmt.Sprintf("the port must be a number from 0 to 65535, or * to bind any, not %q", port)}
		}
	}
	return nil
}

// checkDenied refuses to bind or to connect if the process is denied a system call that this needs.
func checkDenied(binds bool, endpoint string) error {
	var bind, hasLocalAddress C.int
	if binds {
		bind = 1
	}
	transport, _, _ := strings.Cut(endpoint, "://")
	if transportsWithPorts[transport] && (binds || strings.Contains(endpoint, ";")) { // a source address
		hasLocalAddress = 1
	}
	call, err := C.core_denied_call(bind, hasLocalAddress)
	if call == nil {
		return nil
	}
	errno, _ := err.(syscall.Errno)
	return &RefusalError{Errno(errno), "the process may not call " + C.GoString(call) + ", which the transport needs"}
}

// checkPath refuses to bind at an ipc path where something other than a socket is: libzmq deletes
// the file there.
func checkPath(endpoint string) error {
	path, isPath := strings.CutPrefix(endpoint, "ipc://")
	if !isPath || path == "*" || strings.HasPrefix(path, "@") { // "*" is any path, "@" no file
		return nil
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() != os.ModeSocket {
		return &RefusalError{EADDRINUSE, "there is a file at the path that is not a socket"}
	}
	return nil
}

// checkStream refuses inproc for a STREAM socket: libzmq ends the process when it receives a
// message of several parts.
func (s *Socket) checkStream(endpoint string) error {
	if s.Type() != C.ZMQ_STREAM || !strings.HasPrefix(endpoint, inproc) {
		return nil
	}
	return &RefusalError{Errno(C.ENOCOMPATPROTO), "a STREAM socket speaks plain TCP, and cannot use inproc"}
}

// connectInproc connects an open socket, by connect, to an endpoint that may not be bound yet.
func (s *Socket) connectInproc(connect func(string) error, endpoint string) error {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	switch errno := C.core_inproc_connecting(s.c, text); errno {
	case 0:
	case C.CORE_INPROC_NOT_RADIO:
		return &RefusalError{Errno(C.ENOCOMPATPROTO), whyNotRadio}
	case C.CORE_INPROC_CONFLATES:
		return &RefusalError{ENOTSUP, "nobody has bound the endpoint, and a socket with CONFLATE cannot wait for that"}
	case C.EMFILE, C.ENFILE:
		return &RefusalError{Errno(errno), "nobody has bound the endpoint, which takes one more socket of the context until somebody does"}
	default:
		return Errno(errno)
	}
	err := connect(endpoint)
	if err != nil {
		C.core_inproc_not_connected(s.c, text)
	}
	return err
}

// bindInproc binds an open socket to an endpoint that others may have connected to.
func (s *Socket) bindInproc(endpoint string) error {
	return s.takeInproc(s.Type(), s.c, func() error { return s.zmq.Bind(endpoint) }, endpoint)
}

const whyNotRadio = "by inproc only RADIO and DISH can be peers of each other"

// takeInproc binds a socket of a type to an endpoint. binder is the script's socket, or nil.
func (s *Socket) takeInproc(socketType int, binder *C.core_socket, bind func() error, endpoint string) error {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	if C.core_inproc_can_bind(s.c.context, C.int(socketType), text) == 0 {
		return &RefusalError{Errno(C.ENOCOMPATPROTO), "a ROUTER or REP socket waits at the endpoint, and a PAIR or CHANNEL socket cannot be its peer"}
	}
	if C.core_inproc_suits(s.c.context, C.int(socketType), text) == 0 {
		return &RefusalError{Errno(C.ENOCOMPATPROTO), whyNotRadio}
	}
	err := bind()
	if err == nil {
		C.core_inproc_bound(s.c.context, binder, text)
	}
	return err
}

// endInproc unbinds or disconnects an open socket: libzmq does not distinguish the two.
func (s *Socket) endInproc(endpoint string) error {
	text := C.CString(endpoint)
	defer C.free(unsafe.Pointer(text))
	if C.core_inproc_can_end(s.c, text) == 0 {
		return &RefusalError{ENOTSUP, "nobody has bound the endpoint; until somebody does, the connection ends only with the socket"}
	}
	err := s.zmq.Unbind(endpoint)
	if err == nil {
		C.core_inproc_unbound(s.c, text)
	}
	return err
}
