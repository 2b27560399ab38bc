package libzmq

// #include <stdlib.h>
// #include "glue.h"
// static int receive(glue_socket *socket, int flags, zmq_msg_t **message)
// {
//     zmq_msg_t *made = malloc(sizeof *made);
//     if (made == NULL)
//         return ENOMEM;
//     zmq_msg_init(made);
//     int error = glue_receive(socket, made, flags);
//     if (error == 0) {
//         *message = made;
//         return 0;
//     }
//     zmq_msg_close(made);
//     free(made);
//     return error;
// }
import "C"

import "unsafe"

// A Message is a received message part, in libzmq's memory (zmq_msg_t).
type Message struct{ c *C.zmq_msg_t }

// Receive receives a message part without waiting (zmq_msg_recv with
// ZMQ_DONTWAIT). The message is to be closed.
func (s *Socket) Receive(flags int) (*Message, error) {
	var c *C.zmq_msg_t
	if errno := C.receive(s.c, C.int(flags), &c); errno != 0 {
		return nil, Errno(errno)
	}
	return &Message{c}, nil
}

// MessageAt is a message (zmq_msg_t *, allocated by malloc) that the caller hands over.
func MessageAt(pointer unsafe.Pointer) *Message { return &Message{(*C.zmq_msg_t)(pointer)} }

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
