# Does with pyzmq what ../ours/options.js does. pyzmq has no null, and its buffer is too small for
# the longest values and too large for keys: these go to its libzmq by ctypes.
import ctypes
import errno
import sys

import zmq

TYPES = "PAIR PUB SUB REQ REP DEALER ROUTER PULL PUSH XPUB XSUB STREAM".split(" ")
KEYS = ["CURVE_PUBLICKEY", "CURVE_SECRETKEY", "CURVE_SERVERKEY"]
BINARY = ["ROUTING_ID"]  # others end with a NUL
KEY_TEXT_SIZE = 41
LONGEST = 10000

libzmq = ctypes.CDLL("libzmq.so.5", use_errno=True)


def check(result):
    if result != 0:
        raise zmq.ZMQError(ctypes.get_errno())
    return 0


def write(socket, number, text):
    if text == "null":
        return check(libzmq.zmq_setsockopt(ctypes.c_void_p(socket.underlying), number, None, ctypes.c_size_t(0)))
    socket.setsockopt(number, bytes.fromhex(text.split(":")[1]))
    return 0


def read(socket, name, number):
    length = KEY_TEXT_SIZE if name in KEYS else LONGEST
    value, size = ctypes.create_string_buffer(length), ctypes.c_size_t(length)
    check(libzmq.zmq_getsockopt(ctypes.c_void_p(socket.underlying), number, value, ctypes.byref(size)))
    if name in KEYS:
        return value.value.decode()
    content = value.raw[: size.value]
    return (content if name in BINARY else content[:-1]).hex()


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except zmq.ZMQError as error:
        return errno.errorcode[error.errno]


separator = sys.argv.index("--")
options = [option.split("=") for option in sys.argv[1:separator]]
values = sys.argv[separator + 1:]
context = zmq.Context()
for kind in TYPES:
    for name, number in options:
        socket = context.socket(getattr(zmq, kind))
        for i, text in enumerate(values):
            result = attempt(write, socket, int(number), text)
            got = attempt(read, socket, name, int(number))
            print(kind, name, i, result, got, socket.getsockopt(zmq.MECHANISM))
        socket.close(0)
context.term()
