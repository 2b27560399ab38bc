import * as zmq from "zmq";

const ctx = new zmq.Context();
const socket = ctx.socket(zmq.PAIR);
// @ts-expect-error
new zmq.Socket();
// @ts-expect-error
new zmq.Context(1);
// @ts-expect-error
ctx.socket("PAIR");
// @ts-expect-error
ctx.socket();
// @ts-expect-error
ctx.set(zmq.IO_THREADS, "1");
// @ts-expect-error
socket.bind(5555);
// @ts-expect-error
socket.send();
// @ts-expect-error
socket.send(undefined);
// @ts-expect-error
socket.send({});
// @ts-expect-error
socket.send([1, 2]);
// @ts-expect-error
socket.send("x", "DONTWAIT");
// @ts-expect-error
socket.send_multipart("x");
// @ts-expect-error
socket.send_multipart([undefined]);
// @ts-expect-error
socket.recv().length;
// @ts-expect-error
socket.recv_into("text");
// @ts-expect-error
socket.setsockopt(zmq.LINGER);
// @ts-expect-error
socket.setsockopt("LINGER", 0);
// @ts-expect-error
socket.closed = true;
// @ts-expect-error
socket.type();
// @ts-expect-error
zmq.PAIR = 1;
// @ts-expect-error
zmq.NO_SUCH_CONSTANT;
// @ts-expect-error
new zmq.Poller().add(1, zmq.POLLIN);
// @ts-expect-error
new zmq.Poller().add(socket);
// @ts-expect-error
new zmq.Poller<string>().add(socket, zmq.POLLIN, 1);
// @ts-expect-error
new zmq.Poller().wait();
// @ts-expect-error
new zmq.Poller<any, zmq.Socket | number>().wait(0)?.fd;
