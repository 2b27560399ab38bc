package libzmq

// #include <stdlib.h>
// #include "glue.h"
// static int receive(zmq_msg_t *message, void *socket, int flags)
// {
//     return GLUE_RETRY(zmq_msg_recv(message, socket, flags)) < 0 ? zmq_errno() : 0;
// }
import "C"

import "unsafe"

// A Message is a received message part, in libzmq's memory (zmq_msg_t).
type Message struct{ c *C.zmq_msg_t }

// Receive receives a message part without waiting (zmq_msg_recv with
// ZMQ_DONTWAIT). The message is to be closed.
func (s *Socket) Receive(flags int) (*Message, error) {
	if s.Closed() {
		return nil, Errno(C.ENOTSOCK)
	}
	c := (*C.zmq_msg_t)(C.malloc(C.sizeof_zmq_msg_t))
	C.zmq_msg_init(c)
	if errno := C.receive(c, s.c.socket, C.int(flags)|C.ZMQ_DONTWAIT); errno != 0 {
		C.zmq_msg_close(c)
		C.free(unsafe.Pointer(c))
		return nil, Errno(errno)
	}
	return &Message{c}, nil
}

// Bytes is the message's content, in libzmq's memory: until Close or Take.
func (m *Message) Bytes() []byte {
	size := int(C.zmq_msg_size(m.c))
	if size == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(C.zmq_msg_data(m.c)), size)
}

// More tells whether another part of the same message follows (zmq_msg_more).
func (m *Message) More() bool { return C.zmq_msg_more(m.c) != 0 }

// Take hands the message (zmq_msg_t *, allocated by malloc) to the caller, who
// closes and frees it.
func (m *Message) Take() unsafe.Pointer {
	c := unsafe.Pointer(m.c)
	m.c = nil
	return c
}

// Close frees the message; nothing happens after Take or a former Close.
func (m *Message) Close() {
	if m == nil || m.c == nil {
		return
	}
	C.zmq_msg_close(m.c)
	C.free(unsafe.Pointer(m.c))
	m.c = nil
}
