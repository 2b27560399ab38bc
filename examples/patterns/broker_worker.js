// A worker of broker.js. Any number may come and go; they find a broker that was started again.
//
//   broker_worker.js [BROKER]      default: tcp://localhost:5564
import * as zmq from "zmq";

const IDLE = 1000; // milliseconds without a request after which it says again that it is idle
const SILENCE = 1000; // milliseconds after which a silent connection is made anew
const LONGEST_PAUSE = 5000; // milliseconds between attempts to connect, which begin with 100 and double

const [broker = "tcp://localhost:5564"] = scriptArgs.slice(1);

const context = new zmq.Context();
const socket = context.socket(zmq.DEALER);
for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
socket.setsockopt(zmq.RECONNECT_IVL_MAX, LONGEST_PAUSE);
socket.setsockopt(zmq.RCVTIMEO, IDLE);
socket.connect(broker);
socket.send("");

for (;;) {
  const client = socket.recv();
  if (client === undefined) {
    socket.send(""); // the broker may be a new one, which does not know of this worker
    continue;
  }
  socket.recv(); // the empty part that REQ puts before its request
  const request = socket.recv_str();
  console.log(`Doing ${request}`);
  socket.send_multipart([client, "", `${request} is done`]);
}
