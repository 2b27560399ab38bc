# The cases of the benchmark in pyzmq; see ../cases.js.
import sys
import time

import zmq

milliseconds, name, size, count, endpoint = sys.argv[1].split("|")
milliseconds, size = int(milliseconds), int(size)
context = zmq.Context()


def measure(repeat):
    count = 1
    while True:
        start = time.monotonic_ns()
        repeat(count)
        took = time.monotonic_ns() - start
        if took >= milliseconds * 1_000_000:
            print(took / count)
            return
        if took * 5 < milliseconds * 1_000_000:
            count *= 4
        else:
            count = int(count * 1.2 * milliseconds * 1_000_000 / took) + 1


def pair():
    receiver = context.socket(zmq.PAIR)
    receiver.bind("inproc://pair")
    sender = context.socket(zmq.PAIR)
    sender.connect("inproc://pair")
    return sender, receiver


def call():
    def repeat(count):
        for _ in range(count):
            abs(1)
    measure(repeat)


def string():
    a, b = pair()
    text = "0123456789" * (size // 10 + 1)
    text = text[:size]

    def repeat(count):
        for _ in range(count):
            a.send_string(text)
            b.recv_string()
    measure(repeat)


def int_():
    a, b = pair()

    def repeat(count):
        for _ in range(count):
            a.send((42).to_bytes(4, "little"))
            int.from_bytes(b.recv(), "little")
    measure(repeat)


def bytes_():
    a, b = pair()
    data = bytes(size)

    def repeat(count):
        for _ in range(count):
            a.send(data)
            b.recv()
    measure(repeat)


def into():
    a, b = pair()
    data = bytes(size)
    buffer = bytearray(size)

    def repeat(count):
        for _ in range(count):
            a.send(data)
            frame = b.recv(copy=False)
            buffer[:] = frame.buffer
    measure(repeat)


def dontwait():
    _, b = pair()

    def repeat(count):
        for _ in range(count):
            try:
                b.recv(zmq.DONTWAIT)
            except zmq.Again:
                pass
    measure(repeat)


def getsockopt_int():
    _, b = pair()

    def repeat(count):
        for _ in range(count):
            b.getsockopt(zmq.LINGER)
    measure(repeat)


def poll_nothing():
    _, b = pair()
    poller = zmq.Poller()
    poller.register(b, zmq.POLLIN)

    def repeat(count):
        for _ in range(count):
            poller.poll(0)
    measure(repeat)


def echo():
    socket = context.socket(zmq.PAIR)
    socket.connect(endpoint)
    while True:
        data = socket.recv()
        if not data:
            return
        socket.send(data)


{
    "start": lambda: None,
    "call": call,
    "string": string,
    "int": int_,
    "bytes": bytes_,
    "into": into,
    "dontwait": dontwait,
    "getsockopt_int": getsockopt_int,
    "poll-nothing": poll_nothing,
    "echo": echo,
}[name]()
