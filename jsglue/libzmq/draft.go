package libzmq

// #include <stdlib.h>
// #include "zmq_draft.h"
// #include "draft.h"
import "C"

import (
	"strings"
	"unsafe"
)

const udp = "udp://"

// IsDraft reports whether a socket type belongs to libzmq's draft API. A libzmq without it makes
// such sockets nevertheless, and ends the process at their first handshake.
func IsDraft(socketType int) bool { return socketType >= SERVER && socketType <= CHANNEL }

// SendsTo reports whether the socket sends to destinations: routing ids or groups.
func (s *Socket) SendsTo() bool {
	return s.Type() == C.ZMQ_RADIO || C.core_has_routing_id(s.c._type) != 0
}

// GroupMaximum is the size limit of a group's name in bytes.
const GroupMaximum = C.CORE_GROUP

// Join makes a DISH receive the messages of a group (zmq_join).
func (s *Socket) Join(group string) error {
	return s.withText(group, func(text *C.char) C.int { return C.core_join(s.c, text) })
}

// Leave ends a Join (zmq_leave).
func (s *Socket) Leave(group string) error {
	return s.withText(group, func(text *C.char) C.int { return C.core_leave(s.c, text) })
}

func (s *Socket) withText(text string, call func(*C.char) C.int) error {
	if s.Closed() {
		return Errno(C.ENOTSOCK)
	}
	copied := C.CString(text)
	defer C.free(unsafe.Pointer(copied))
	return check(call(copied))
}

// ConnectPeer connects a PEER, and returns the routing id of its new peer (zmq_connect_peer).
func (s *Socket) ConnectPeer(endpoint string) (routingID uint32, err error) {
	err = s.connect(func(endpoint string) error {
		text := C.CString(endpoint)
		defer C.free(unsafe.Pointer(text))
		id, err := C.core_connect_peer(s.c, text)
		if id == 0 {
			return err
		}
		routingID = uint32(id)
		return nil
	}, endpoint)
	return routingID, err
}

// notePackets notes that the socket sends packets, or no longer does, if the endpoint is of udp.
func (s *Socket) notePackets(endpoint string, packets bool) {
	if !strings.HasPrefix(endpoint, udp) {
		return
	}
	var note C.int
	if packets {
		note = 1
	}
	C.core_packets_note(s.c, note)
}

// checkDatagram refuses transports other than udp, and IPv6, for a DGRAM: libzmq would end the
// process at the first handshake or packet.
func (s *Socket) checkDatagram(endpoint string) error {
	if s.Type() != C.ZMQ_DGRAM {
		return nil
	}
	if !strings.HasPrefix(endpoint, udp) {
		return &RefusalError{Errno(C.ENOCOMPATPROTO), "a DGRAM socket speaks udp only"}
	}
	if ipv6, _, err := s.GetInt(C.ZMQ_IPV6); err == nil && ipv6 != 0 {
		return &RefusalError{EAFNOSUPPORT, "a DGRAM socket speaks IPv4 only; IPV6 must be 0"}
	}
	return nil
}
