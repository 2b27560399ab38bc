package libzmq

import (
	"encoding/binary"
	"testing"

	"github.com/pebbe/zmq4"
)

// zmq4 keeps libzmq's pointers in unexported fields; a version with other names for them must fail
// here, not crash.
func TestRawPointersAreWhereZmq4KeepsThem(t *testing.T) {
	context, err := zmq4.NewContext()
	if err != nil {
		t.Fatal(err)
	}
	if rawPointer(context, "ctx") == nil {
		t.Error("zmq4.Context has no pointer in its field ctx")
	}
	socket, err := context.NewSocket(zmq4.PAIR)
	if err != nil {
		t.Fatal(err)
	}
	if rawPointer(socket, "soc") == nil {
		t.Error("zmq4.Socket has no pointer in its field soc")
	}
	// The pointer is libzmq's: an option read through it has the value that zmq4 reads.
	var value [4]byte
	if _, err := getOption(rawPointer(socket, "soc"), 14, value[:]); err != nil {
		t.Fatal(err)
	}
	descriptor, err := socket.GetFd()
	if err != nil {
		t.Fatal(err)
	}
	if got := int(binary.NativeEndian.Uint32(value[:])); got != descriptor {
		t.Errorf("ZMQ_FD is %d through the pointer, and %d through zmq4", got, descriptor)
	}
	socket.Close()
	context.Term()
}
