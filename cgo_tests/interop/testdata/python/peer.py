# pyzmq's side: ../README.md lists the steps.
import os
import sys
import time

import zmq
from zmq.utils.monitor import recv_monitor_message

PERIOD = bytes(range(251))
PATIENCE = 120000  # more than any busy machine takes


def open_socket(context, kind):
    socket = context.socket(getattr(zmq, kind))
    socket.rcvtimeo = PATIENCE
    socket.sndtimeo = PATIENCE
    # A subscriber would keep its subscriptions for a publisher that has left.
    socket.linger = 0 if kind.endswith("SUB") else PATIENCE
    return socket


def to_hex(parts):
    return ",".join(part.hex() for part in parts)


def from_hex(message):
    return [bytes.fromhex(part) for part in message.split(",")]


def large(size):
    return (PERIOD * (size // len(PERIOD) + 1))[:size]


class Peer:
    def __init__(self, kind, steps):
        self.context = zmq.Context()
        self.socket = open_socket(self.context, kind)
        self.zap_socket = None
        if any(step.startswith("zap:") for step in steps):
            self.zap_socket = open_socket(self.context, "REP")
            self.zap_socket.linger = 0
            self.zap_socket.bind("inproc://zeromq.zap.01")
        self.failures = None
        if "failed" in steps:
            self.failures = self.socket.get_monitor_socket(
                zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
                | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
                | zmq.EVENT_HANDSHAKE_FAILED_AUTH
            )
            self.failures.rcvtimeo = PATIENCE
        self.id = None

    def close(self):
        if self.zap_socket:
            self.zap_socket.close()
        if self.failures:
            self.socket.disable_monitor()
            self.failures.close()
        self.socket.close()
        self.context.term()

    def do_set(self, setting):
        name, value = setting.split("=", 1)
        self.socket.setsockopt(getattr(zmq, name), int(value) if value.isdigit() else value.encode())

    def do_bind(self, endpoint):
        self.socket.bind(endpoint)
        return self.socket.last_endpoint.decode()

    def do_connect(self, endpoint):
        self.socket.connect(endpoint)

    def do_send(self, message):
        self.socket.send_multipart(from_hex(message))

    def do_recv(self, _):
        return to_hex(self.socket.recv_multipart())

    def do_recv_id(self, _):
        self.id, *rest = self.socket.recv_multipart()
        return to_hex(rest)

    def do_send_id(self, message):
        self.socket.send_multipart([self.id, *from_hex(message)])

    def do_skip(self, message):
        while to_hex(self.socket.recv_multipart()) != message:
            pass

    def do_publish(self, messages):
        while True:
            for message in messages.split(";"):
                self.do_send(message)
            time.sleep(0.01)

    def do_send_many(self, count):
        for i in range(int(count)):
            self.socket.send_string(str(i))

    def do_recv_many(self, count):
        for i in range(int(count)):
            got = self.socket.recv_string()
            if got != str(i):
                return f"{got} instead of {i}"
        return f"{count} in order"

    def do_send_large(self, size):
        self.socket.send(large(int(size)))

    def do_recv_large(self, size):
        message = self.socket.recv()
        return f"{size} as sent" if message == large(int(size)) else f"other {len(message)}"

    def do_echo(self, _):
        self.socket.send_multipart(self.socket.recv_multipart())

    def do_none(self, milliseconds):
        if not self.socket.poll(int(milliseconds)):
            return "nothing"
        return self.do_recv("")

    def do_try(self, _):
        try:
            self.socket.send(b"try", zmq.DONTWAIT)
        except zmq.Again:
            pass

    def do_failed(self, _):
        recv_monitor_message(self.failures)
        return "failed"

    def do_until(self, path):
        while not os.path.exists(path):
            time.sleep(0.01)

    def do_zap(self, status):
        version, request, _, _, _, *credentials = self.zap_socket.recv_multipart()
        self.zap_socket.send_multipart([version, request, status.encode(), b"", b"user id", b""])
        return to_hex(credentials)


def main(kind, *steps):
    peer = Peer(kind, steps)
    for step in steps:
        name, _, argument = step.partition(":")
        printed = getattr(peer, "do_" + name.replace("-", "_"))(argument)
        if printed is not None:
            print(printed, flush=True)
    peer.close()


main(*sys.argv[1:])
