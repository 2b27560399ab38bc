package libzmq

// #include <stdlib.h>
// #include "monitor.h"
// #include "socket.h"
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/pebbe/zmq4"
)

// Monitor reports events to the PAIR socket that connects to an inproc endpoint
// (zmq_socket_monitor). It does not wait for one: without such a socket the newest events are kept,
// and older ones dropped.
func (s *Socket) Monitor(endpoint string, events int) error {
	return s.monitor(endpoint, events, nil)
}

func (s *Socket) monitor(endpoint string, events int, receiver *C.core_socket) error {
	if s.Closed() {
		return Errno(C.ENOTSOCK)
	}
	return s.takeInproc(C.ZMQ_PAIR, nil, func() error {
		text := C.CString(endpoint)
		defer C.free(unsafe.Pointer(text))
		return check(C.core_monitor_begin(s.c, text, C.int(events), receiver))
	}, endpoint)
}

// Unmonitor ends Monitor.
func (s *Socket) Unmonitor() error {
	if s.Closed() {
		return Errno(C.ENOTSOCK)
	}
	return check(C.core_monitor_end(s.c))
}

// NewMonitor reports events to a new PAIR socket; the last event is ZMQ_EVENT_MONITOR_STOPPED.
// Closing the socket ends the monitor.
func (s *Socket) NewMonitor(events int) (*Socket, error) {
	if s.Closed() {
		return nil, Errno(C.ENOTSOCK)
	}
	receiver, err := s.context.newOwned(int(zmq4.PAIR))
	if err != nil {
		return nil, err
	}
	receiver.c.inner = 1
	endpoint := fmt.Sprintf("inproc://zmqjs-monitor-%d", receiver.Number())
	err = s.monitor(endpoint, events|int(zmq4.EVENT_MONITOR_STOPPED), receiver.c)
	if err == nil {
		err = asErrno(receiver.zmq.Connect(endpoint))
	}
	if err != nil {
		receiver.Finalize()
		return nil, err
	}
	return receiver, nil
}
