"""Sockets, a poller and an error, in Python: python3 ask.py"""
import zmqjs

zmq = zmqjs.load()
context = zmq.Context()
server, client = context.socket(zmq.REP), context.socket(zmq.REQ)
server.bind("tcp://127.0.0.1:*")
client.connect(server.last_endpoint)

poller = zmq.Poller()
poller.add(server, zmq.POLLIN, "the server")
poller.add(client, zmq.POLLIN, "the client")

client.send("hello")
event = poller.wait(10000)
print(event.user_data, "received", event.socket.recv_str())
event.socket.send_multipart(["world", bytearray([1, 2, 3]), 4])
event = poller.wait(10000)
print(event.user_data, "received", event.socket.recv_multipart())

try:
    server.bind("foo://bar")
except zmq.Error as error:
    print(f"{error.code}: {error}")

poller.remove(server)
poller.remove(client)
client.close()
server.close()
context.term()
zmqjs.leave()
