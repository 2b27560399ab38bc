// A worker of credit_source.js, which sends it at most WINDOW lines that it has not done.
//
//   credit_worker.js [SOURCE]      default: tcp://localhost:5567
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is made anew
const WINDOW = 100;

const [source = "tcp://localhost:5567"] = scriptArgs.slice(1);

const context = new zmq.Context();
const poller = new zmq.Poller();
let connections = 0;
let socket, events;

// On a new connection credit begins anew: the source gives what this one had to others.
function connect() {
  if (socket) for (const old of [socket, events]) old.close(0);
  socket = context.socket(zmq.DEALER);
  for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
  const monitor = `inproc://connection-${++connections}`;
  socket.monitor(monitor, zmq.EVENT_DISCONNECTED);
  events = context.socket(zmq.PAIR);
  events.connect(monitor);
  poller.add(events, zmq.POLLIN);
  poller.add(socket, zmq.POLLIN);
  socket.connect(source);
  socket.send_multipart(["", String(WINDOW)]);
}

function work() {
  const number = socket.recv_str();
  const line = socket.recv_str();
  if (number === "") return; // the source looked whether this worker is there
  console.log(`Doing ${line}`);
  socket.send_multipart([number, `${line} is done`]);
}

connect();
for (;;) {
  const event = poller.wait(-1);
  if (event.socket === socket) work();
  else connect();
}
