package interop

import "testing"

// The first message of a connection is empty, and so is the last one; between them are the bytes
// that the other side writes.
func TestStreamBinds(t *testing.T) {
	t.Parallel()
	script := start(t, ours, side{socket: "STREAM", steps: []step{
		recvID(""), recvID("hello\x00"), sendID("world\x00"), recvID(""), // closed by the client
		recvID(""), recvID("again"), sendID("bye"), sendID(""), // closed by us
	}}, "bind:tcp://127.0.0.1:*")
	endpoint := script.Line()

	first := dial(t, endpoint)
	first.write("hello\x00")
	first.expect("world\x00")
	_ = first.Close()
	for _, line := range script.side.prints()[:3] {
		script.Expect(line)
	}

	second := dial(t, endpoint)
	second.write("again")
	second.expect("bye")
	second.expectEnd()
	for _, line := range script.side.prints()[3:] {
		script.Expect(line)
	}
	if result := script.Wait(); result.Status != 0 {
		t.Errorf("%+v", result)
	}
}

// Several clients at once: the routing id tells them apart.
func TestStreamTellsClientsApart(t *testing.T) {
	t.Parallel()
	script := start(t, ours, side{socket: "STREAM", steps: []step{
		recvID(""), recvID(""), recvID("second"), sendID("to the second"), recvID("first"), sendID("to the first"),
	}}, "bind:tcp://127.0.0.1:*")
	endpoint := script.Line()
	first, second := dial(t, endpoint), dial(t, endpoint)
	script.Expect("")
	script.Expect("")
	second.write("second")
	second.expect("to the second")
	first.write("first")
	first.expect("to the first")
	script.Expect(toHex([]string{"second"}))
	script.Expect(toHex([]string{"first"}))
	if result := script.Wait(); result.Status != 0 {
		t.Errorf("%+v", result)
	}
}

func TestStreamConnects(t *testing.T) {
	t.Parallel()
	listener, endpoint := listen(t)
	script := start(t, ours, side{socket: "STREAM", steps: []step{
		recvID(""), sendID("GET / HTTP/1.0\r\n\r\n"), recvID("HTTP/1.0 200 OK\r\n\r\n"), sendID(""),
	}}, "connect:"+endpoint)
	server := accept(t, listener)
	server.expect("GET / HTTP/1.0\r\n\r\n")
	server.write("HTTP/1.0 200 OK\r\n\r\n")
	server.expectEnd()
	script.finish(t)
}
