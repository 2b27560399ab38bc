// A server for retry_client.js. It may be asked the same twice: when a client asked again,
// or another server had the answer on its way.
//
//   retry_server.js [ENDPOINT]      default: tcp://*:5561
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is given up

const [endpoint = "tcp://*:5561"] = scriptArgs.slice(1);

const context = new zmq.Context();
const socket = context.socket(zmq.REP);
socket.setsockopt(zmq.HEARTBEAT_IVL, SILENCE);
socket.bind(endpoint);
console.log(`Bound to ${socket.last_endpoint}`);

for (;;) {
  const request = socket.recv_str();
  console.log(`Doing ${request}`);
  socket.send(`${request} is done`);
}
