"""Checks what examples/python makes of the module."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../examples/python"))
import zmqjs

zmq = zmqjs.load()


def equal(actual, expected):
    assert actual == expected and type(actual) is type(expected), (actual, expected)


def refusal(function, *arguments):
    try:
        function(*arguments)
    except zmq.Error as error:
        return error
    raise AssertionError("nothing was raised")


context = zmq.Context()
a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
a.bind("inproc://pair")
b.connect("inproc://pair")

for value, sent in (
        (7, b"\7\0\0\0"), (2**40, (2**40).to_bytes(8, "little")), (-2**63, (2**63).to_bytes(8, "little")),
        (2**64 - 1, b"\xff" * 8), (True, b"\1\0\0\0"), ("h\xe9\0\ud800\U0001f600", b"h\xc3\xa9\0\xef\xbf\xbd\xf0\x9f\x98\x80"),
        ("", b""), (b"bytes", b"bytes"), (bytearray(3), b"\0\0\0")):
    a.send(value)
    equal(b.recv(), sent)
for value in (2**64, -2**63 - 1, 1.5, object(), [b"x"]):
    assert "Socket.send(data, flags?)" in str(refusal(a.send, value)), value

a.send(2**63)
equal(b.recv_bigint(), -2**63)
a.send(b"into")
memory = bytearray(8)
equal(b.recv_into(memory), 4)
equal(memory, bytearray(b"into\0\0\0\0"))
a.send_multipart(["a", b"b", bytearray(b"c")])
equal(b.recv_multipart(), [b"a", b"b", b"c"])
a.send(b"x" * (1 << 20))
equal(b.recv(), b"x" * (1 << 20))
equal(b.recv(zmq.DONTWAIT), None)

poller, mark = zmq.Poller(), object()
poller.add(b, zmq.POLLIN, mark)
poller.add(a, zmq.POLLOUT)
a.send("event")
events = {event.socket: event for event in poller.poll_all(2)}
assert events[b].user_data is mark and events[a].user_data is None
poller.remove(b)
equal(poller.size(), 1)

error = refusal(a.bind, "foo://bar")
equal((error.code, error.errno, error.endpoint), ("EPROTONOSUPPORT", 93, b"foo://bar"))
assert "this is not a Socket" in str(refusal(zmq.Socket.send, context, "x"))
assert "Context.socket(type)" in str(refusal(zmq.Socket))
equal(a.closed, False)
a.close()
equal(a.closed, True)
equal(refusal(a.send, "x").code, "ENOTSOCK")

# Dropped sockets are finalized.
for _ in range(3000):
    context.socket(zmq.PAIR)
zmqjs.leave()
assert "runtime" in str(refusal(b.send, "x")), refusal(b.send, "x")
print("passed")
