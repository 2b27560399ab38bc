// Two sockets in an event loop that polls only their descriptors. No message remains unread if the
// script reads until events has no POLLIN, and checks events again after each send.
import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const a = context.socket(zmq.DEALER);
const b = context.socket(zmq.DEALER);
a.bind("tcp://127.0.0.1:*");
b.connect(a.last_endpoint);

const rounds = 300;
const got = new Map([[a, []], [b, []]]);

function send(socket, number) {
  socket.send(String(number));
  receive(socket);
}

function receive(socket) {
  while (socket.events & zmq.POLLIN) {
    const number = Number(socket.recv_str());
    got.get(socket).push(number);
    if (socket === b && number < rounds) {
      send(b, number); // the answer
      send(b, -number); // a second message, without an answer
    } else if (socket === a && number > 0) {
      send(a, number + 1);
    }
  }
}

/** @type {zmq.Poller<zmq.Socket, number>} */
const loop = new zmq.Poller();
loop.add(a.fd, zmq.POLLIN, a);
loop.add(b.fd, zmq.POLLIN, b);
receive(a);
receive(b);
send(a, 1);
while (got.get(b).length < rounds) {
  for (const event of loop.wait_all(2, -1)) {
    receive(event.user_data);
  }
}
equal(got.get(b).join(), Array.from({ length: rounds }, (_, i) => i + 1).join(), "each once, in order");
plan();
