package jsglue

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/jsglue/libzmq"
)

// sockets makes one socket of each type that needs no draft API.
func sockets(t *testing.T) []*Socket {
	t.Helper()
	runtime, err := NewRuntime()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runtime.Close() })
	context, err := libzmq.NewContext(runtime.Runtime)
	if err != nil {
		t.Fatal(err)
	}
	made := make([]*Socket, serverType)
	for i := range made {
		socket, err := context.NewSocket(i)
		if err != nil {
			t.Fatal(err)
		}
		made[i] = &Socket{zmq: socket}
	}
	return made
}

// run calls a method of a socket.
func (s *Socket) run(name string, arguments ...Data) (Data, error) {
	for _, method := range socketClass.Methods {
		if method.Name == name {
			return method.Run(&Call{This: s, Arguments: arguments})
		}
	}
	return Data{}, errors.New("no such method: " + name)
}

// message is the text of an error, after its class.
func message(err error) string {
	var failed *Error
	if !errors.As(err, &failed) {
		return ""
	}
	return []string{"Error", "TypeError", "RangeError"}[failed.Class] + " " + failed.Code + ": " + failed.Message
}

// Constants whose numbers are those of options newer than most headers.
var notOptions = regexp.MustCompile(`^(EVENT|PROTOCOL_ERROR)_`)

func TestOptionTableHasTheConstantsOfTheInstalledHeader(t *testing.T) {
	directory, err := exec.Command("pkg-config", "--variable=includedir", "libzmq").Output()
	if err != nil {
		t.Fatal(err)
	}
	header, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(directory)), "zmq.h"))
	if err != nil {
		t.Skipf("another libzmq than pkg-config's: %v", err)
	}
	numbers := map[string]int{}
	for _, constant := range constants {
		numbers[constant.Name] = int(constant.Value)
	}
	known := map[string]int{}
	for _, option := range SocketOptions {
		known[option.Name] = option.Number
	}
	for alias, name := range optionAliases {
		known[alias] = known[name]
	}
	for name, number := range known {
		if constant, ok := numbers[name]; !ok || constant != number {
			t.Errorf("%s is %d in the table, and the constant is %d", name, number, constant)
		}
	}
	sections := regexp.MustCompile(`(?s)/\*  (Socket options\.|Deprecated options and aliases|DRAFT Socket options\.) +\*/(.*?)/\*  `)
	names := regexp.MustCompile(`#define ZMQ_([A-Z0-9_]+)`)
	found := 0
	for _, section := range sections.FindAllStringSubmatch(string(header), -1) {
		for _, name := range names.FindAllStringSubmatch(section[2], -1) {
			found++
			if _, ok := known[name[1]]; !ok && name[1] != "BLOCKY" && name[1] != "NOBLOCK" {
				t.Errorf("%s is not in the table", name[1])
			}
		}
	}
	for _, constant := range headerConstants {
		if _, ok := known[constant.Name]; !ok && constant.Value > 80 && constant.Value < 125 && !notOptions.MatchString(constant.Name) {
			t.Errorf("%s = %d is not in the table", constant.Name, constant.Value)
		}
	}
	if found < 70 {
		t.Errorf("only %d options found in zmq.h", found)
	}
}

// sample is a value that libzmq takes for the option.
func (o *Option) sample() Data {
	switch {
	case o.Name == "TCP_ACCEPT_FILTER":
		return text("127.0.0.1")
	case o.Name == "METADATA":
		return text("X-key:value")
	case o.Name == "XPUB_WELCOME_MSG":
		return text("welcome")
	case o.Type == KeyOption:
		return text("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7")
	case o.Type >= StringOption:
		return text("text")
	case o.Name == "USE_FD":
		return number(-1)
	}
	return number(1)
}

// libzmq decides which options can be read and written, for a type of socket.
func TestOptionTableIsWhatLibzmqDoes(t *testing.T) {
	for i := range SocketOptions {
		option := &SocketOptions[i]
		if option.lacking() {
			continue
		}
		readable, writable := false, false
		for _, socket := range sockets(t) {
			if _, err := socket.run("getsockopt", number(option.Number)); err == nil {
				readable = true
			}
			if _, err := socket.run("setsockopt", number(option.Number), option.sample()); err == nil {
				writable = true
			}
		}
		if readable != option.Readable || writable != option.Writable {
			t.Errorf("%s: readable %t, writable %t; in the table %t, %t", option.Name, readable, writable, option.Readable, option.Writable)
		}
	}
}

func TestEveryOptionIsDescribed(t *testing.T) {
	seen := map[int]string{}
	for _, option := range SocketOptions {
		if seen[option.Number] != "" {
			t.Errorf("%s and %s have the number %d", seen[option.Number], option.Name, option.Number)
		}
		seen[option.Number] = option.Name
	}
	for _, option := range append(append([]Option(nil), SocketOptions...), ContextOptions...) {
		if !strings.HasSuffix(option.Summary, ".") || !option.Readable && !option.Writable {
			t.Errorf("%s is not described", option.Name)
		}
	}
}

// The table says which values of a context's options are refused.
func TestContextOptionsHaveTheirRanges(t *testing.T) {
	runtime, err := NewRuntime()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runtime.Close() })
	context, err := libzmq.NewContext(runtime.Runtime) // one for all: what is removed was added
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, option := range ContextOptions {
		var least, most int
		if count, _ := fmt.Sscanf(option.Range, "%d to %d", &least, &most); count != 2 {
			continue
		}
		compared++
		for value, refused := range map[int]bool{least - 1: true, most: false, most + 1: true} {
			if err := context.Set(option.Number, value); (err != nil) != refused {
				t.Errorf("%s = %d: %v, but its range is %s", option.Name, value, err, option.Range)
			}
		}
	}
	if compared < 4 {
		t.Errorf("only %d options have a range with two ends", compared)
	}
}

func TestWrongOptionsAreExplained(t *testing.T) {
	const set, get = "Socket.setsockopt(option_name, option_value): ", "Socket.getsockopt(option_name): "
	socket := sockets(t)[0]
	for _, test := range []struct {
		method    string
		arguments []Data
		want      string
	}{
		{"setsockopt", []Data{number(17), text("x")}, "TypeError : " + set + "LINGER must be a 32-bit integer, not a string"},
		{"setsockopt", []Data{number(17)}, "TypeError : " + set + "LINGER must be a 32-bit integer, not undefined"},
		{"setsockopt", []Data{number(17), {Kind: Plain}}, "TypeError : " + set + "LINGER must be a 32-bit integer, not an object"},
		{"setsockopt", []Data{number(17), {Kind: Array}}, "TypeError : " + set + "LINGER must be a 32-bit integer, not an array"},
		{"setsockopt", []Data{number(17), {Kind: Double, Number: 0.5}}, "RangeError : " + set + "LINGER must be a 32-bit integer, not 0.5"},
		{"setsockopt", []Data{number(17), bigInt(1 << 31)}, "RangeError : " + set + "LINGER must be a 32-bit integer, not 2147483648n"},
		{"setsockopt", []Data{number(22), {Kind: BigInt, Truncated: true}}, "RangeError : " + set + "MAXMSGSIZE must be a 64-bit integer, not a larger bigint"},
		{"setsockopt", []Data{number(4), number(-1)}, "RangeError : " + set + "AFFINITY must be an unsigned 64-bit integer, not -1"},
		{"setsockopt", []Data{number(45), number(1)}, "TypeError : " + set + "PLAIN_USERNAME must be a string, bytes or null, not a number"},
		{"setsockopt", []Data{number(45), text("a\x00b")}, "TypeError : " + set + "PLAIN_USERNAME must not contain a NUL"},
		{"setsockopt", []Data{number(999), {Kind: Plain}}, "TypeError : " + set + "option 999 must be a number, boolean, bigint, string, bytes or null, not an object"},
		{"setsockopt", []Data{number(6), {Kind: Double, Number: 0.5}}, "RangeError : " + set + "SUBSCRIBE must be an integer, not 0.5; other numbers can go as strings or bytes"},
		{"setsockopt", []Data{number(999), number(1)}, "Error EINVAL: Invalid argument (setsockopt option 999)"},
		{"setsockopt", []Data{number(16), number(1)}, "Error EINVAL: Invalid argument (setsockopt: TYPE is read-only)"},
		{"setsockopt", []Data{number(42), number(7)}, "Error EINVAL: Invalid argument (setsockopt IPV6 = 7; it takes 0 or 1)"},
		{"setsockopt", []Data{number(6), text("x")}, "Error EINVAL: Invalid argument (setsockopt: only a SUB takes SUBSCRIBE, not a PAIR)"},
		{"getsockopt", []Data{number(6)}, "Error EINVAL: Invalid argument (getsockopt: SUBSCRIBE is write-only)"},
		{"getsockopt", []Data{number(999)}, "TypeError : " + get + "option 999 is unknown: read it by getsockopt_int, getsockopt_bigint, getsockopt_str or getsockopt_uint8ffarray"},
		{"getsockopt_bigint", []Data{number(17)}, "TypeError : Socket.getsockopt_bigint(option_name): LINGER is a 32-bit integer: read it by getsockopt_int"},
		{"getsockopt_str", []Data{number(17)}, "TypeError : Socket.getsockopt_str(option_name): LINGER is a 32-bit integer: read it by getsockopt_int"},
	} {
		if _, err := socket.run(test.method, test.arguments...); message(err) != test.want {
			t.Errorf("%s%v\n got %s\nwant %s", test.method, test.arguments, message(err), test.want)
		}
	}
}

func TestLackingOptionsAreNamed(t *testing.T) {
	socket := sockets(t)[0]
	for i := range SocketOptions {
		option := &SocketOptions[i]
		if !option.lacking() {
			continue
		}
		_, err := socket.run("setsockopt", number(option.Number), option.sample())
		if option.Writable && !strings.Contains(message(err), " lacks "+option.Name) {
			t.Errorf("setsockopt %s: %s", option.Name, message(err))
		}
		_, err = socket.run("getsockopt", number(option.Number))
		if !strings.HasPrefix(message(err), "Error EINVAL: Invalid argument (getsockopt: libzmq ") {
			t.Errorf("getsockopt %s: %s", option.Name, message(err))
		}
	}
}

func TestOptionsKeepTheirValues(t *testing.T) {
	socket := sockets(t)[5] // DEALER
	for _, test := range []struct {
		option int
		value  Data
		method string
		want   Data
	}{
		{5, text("ABCD"), "getsockopt", text("ABCD")},
		{5, text("ABCDEFGH"), "getsockopt", text("ABCDEFGH")},
		{5, Data{Kind: Bytes, Bytes: []byte("a\x00b\x00")}, "getsockopt", text("a\x00b\x00")},
		{5, Data{Kind: Bytes, Bytes: []byte("a\x00b\x00")}, "getsockopt_uint8ffarray", Data{Kind: Bytes, Bytes: []byte("a\x00b\x00")}},
		{5, number(0x01020304), "getsockopt_uint8ffarray", Data{Kind: Bytes, Bytes: []byte{4, 3, 2, 1}}},
		{17, boolean(true), "getsockopt", number(1)},
		{17, bigInt(-1), "getsockopt", number(-1)},
		{22, number(5), "getsockopt", bigInt(5)},
		{22, Data{Kind: Double, Number: 1 << 40}, "getsockopt_bigint", bigInt(1 << 40)},
		{4, Data{Kind: BigInt, Int: -1, Unsigned: true}, "getsockopt", Data{Kind: BigInt, Int: -1, Unsigned: true}},
		{45, text(strings.Repeat("x", 255)), "getsockopt", text(strings.Repeat("x", 255))},
		{68, text(strings.Repeat("x", 5000)), "getsockopt_str", text(strings.Repeat("x", 5000))},
		{68, text(strings.Repeat("x", 5000)), "getsockopt_uint8ffarray", Data{Kind: Bytes, Bytes: []byte(strings.Repeat("x", 5000))}},
		{68, Data{Kind: Null}, "getsockopt", text("")},
		{48, text("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"), "getsockopt", text("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7")},
	} {
		if _, err := socket.run("setsockopt", number(test.option), test.value); err != nil {
			t.Errorf("setsockopt %d: %v", test.option, err)
			continue
		}
		got, err := socket.run(test.method, number(test.option))
		if err != nil || got.Kind != test.want.Kind || got.Int != test.want.Int || got.Text != test.want.Text ||
			got.Unsigned != test.want.Unsigned || string(got.Bytes) != string(test.want.Bytes) {
			t.Errorf("%s %d: %v, %v", test.method, test.option, got, err)
		}
	}
	if key, err := socket.run("getsockopt_uint8ffarray", number(48)); err != nil || len(key.Bytes) != keySize {
		t.Errorf("a key has %d bytes: %v", len(key.Bytes), err)
	}
}
