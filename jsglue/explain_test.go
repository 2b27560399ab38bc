package jsglue

import (
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// values has one that each option takes, if the socket's type knows the option.
var values = []Data{number(0), number(1), number(10), text("a"), text("lo"), {Kind: Null}, text(strings.Repeat("a", 40))}

// TestOptionsOfSomeTypes: errors name the socket types that take an option, as libzmq has it.
func TestOptionsOfSomeTypes(t *testing.T) {
	made := sockets(t)
	for i := range SocketOptions {
		option := &SocketOptions[i]
		if !option.Writable || option.lacking() {
			continue
		}
		var taking, named []string
		for socketType, socket := range made {
			if slices.ContainsFunc(values, func(value Data) bool {
				_, err := socket.run("setsockopt", number(option.Number), value)
				return err == nil
			}) {
				taking = append(taking, libzmq.TypeName(socketType))
			}
			if _, taken := option.takes(socketType); taken {
				named = append(named, libzmq.TypeName(socketType))
			}
		}
		if len(taking) > 0 && !slices.Equal(taking, named) { // the transport of VMCI_ options may be absent
			t.Errorf("%s is taken by %v, not by %v", option.Name, taking, named)
		}
	}
}
