package libzmq

// #include <stdlib.h>
// #include "glue.h"
// struct received {
//     zmq_msg_t *message; // from malloc; NULL: error is an errno
//     const void *data;
//     size_t size;
//     int error;
// };
// static struct received describe(zmq_msg_t *message)
// {
//     return (struct received){message, zmq_msg_data(message), zmq_msg_size(message), 0};
// }
// static struct received receive(glue_socket *socket, int flags)
// {
//     zmq_msg_t message;
//     zmq_msg_init(&message);
//     int error = glue_receive(socket, &message, flags);
//     zmq_msg_t *made = error == 0 ? malloc(sizeof *made) : NULL;
//     if (made == NULL) {
//         zmq_msg_close(&message);
//         return (struct received){.error = error != 0 ? error : ENOMEM};
//     }
//     zmq_msg_init(made);
//     zmq_msg_move(made, &message);
//     return describe(made);
// }
import "C"

import (
	"strings"
	"unsafe"
)

// A Message is a received message part, in libzmq's memory (zmq_msg_t).
type Message struct {
	c       *C.zmq_msg_t
	content []byte
}

// Receive receives a message part without waiting (zmq_msg_recv with
// ZMQ_DONTWAIT). The message is to be closed.
func (s *Socket) Receive(flags int) (*Message, error) {
	received := C.receive(s.c, C.int(flags))
	if received.message == nil {
		return nil, Errno(received.error)
	}
	return messageOf(received), nil
}

// MessageAt is a message (zmq_msg_t *, allocated by malloc) that the caller hands over.
func MessageAt(pointer unsafe.Pointer) *Message {
	return messageOf(C.describe((*C.zmq_msg_t)(pointer)))
}

func messageOf(received C.struct_received) *Message {
	message := &Message{c: received.message}
	if received.size > 0 {
		message.content = unsafe.Slice((*byte)(received.data), int(received.size))
	}
	return message
}

// Bytes is the message's content, in libzmq's memory: until Close or Take.
func (m *Message) Bytes() []byte { return m.content }

// More tells whether another part of the same message follows (zmq_msg_more).
func (m *Message) More() bool { return C.zmq_msg_more(m.c) != 0 }

// Property is what libzmq tells of the message's way ("Peer-Address", "User-Id"); not ok
// if it has no such property (zmq_msg_gets).
func (m *Message) Property(name string) (value string, ok bool) {
	if strings.IndexByte(name, 0) >= 0 {
		return "", false
	}
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	found := C.zmq_msg_gets(m.c, text)
	if found == nil {
		return "", false
	}
	return C.GoString(found), true
}

// Take hands the message (zmq_msg_t *, allocated by malloc) to the caller, who
// closes and frees it.
func (m *Message) Take() unsafe.Pointer {
	c := unsafe.Pointer(m.c)
	m.c, m.content = nil, nil
	return c
}

// Close frees the message; nothing happens after Take or a former Close.
func (m *Message) Close() {
	if m == nil || m.c == nil {
		return
	}
	C.glue_message_free(unsafe.Pointer(m.c))
	m.c, m.content = nil, nil
}
