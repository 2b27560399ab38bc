// Thousands of sockets, until MAX_SOCKETS is reached; and again after some were closed.
import * as zmq from "zmq";

const most = +scriptArgs[1];
const context = new zmq.Context();
context.set(zmq.MAX_SOCKETS, most);
const sockets = [];

function fill() {
  for (;;) {
    try {
      sockets.push(context.socket(zmq.PAIR));
    } catch (e) {
      if (!(e instanceof Error) || e.code !== "EMFILE" || e.errno !== zmq.EMFILE) throw e;
      return e.message;
    }
  }
}

for (let round = 0; round < 3; round++) {
  const message = fill();
  console.log(sockets.length, message);
  sockets.splice(0, 500).forEach((socket) => socket.close());
  os.sleep(200); // libzmq closes in the background
}
fill();
const pairs = sockets.length / 2;
for (let i = 0; i < pairs; i++) {
  sockets[2 * i].bind("inproc://" + i);
  sockets[2 * i + 1].connect("inproc://" + i);
  sockets[2 * i].send("message " + i);
}
const poller = new zmq.Poller();
for (let i = 0; i < pairs; i++) {
  poller.add(sockets[2 * i + 1], zmq.POLLIN, i);
}
const found = poller.wait_all(most, 1000);
let right = 0;
found.forEach((event) => {
  right += event.socket.recv_str() === "message " + event.user_data;
});
console.log(found.length, right, poller.poll());
sockets.forEach((socket) => socket.close());
console.log(poller.size(), context.term());
