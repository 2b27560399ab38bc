// A worker of credit_source.js, which sends it at most WINDOW lines that it has not done.
//
//   credit_worker.js [SOURCE]      default: tcp://localhost:5567
import * as std from "std";
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is made anew
const LONGEST_PAUSE = 5000; // milliseconds between attempts to connect, which begin with 100 and double
const WINDOW = 100;

const [source = "tcp://localhost:5567"] = scriptArgs.slice(1);

const context = new zmq.Context();
/** @type {zmq.Poller<unknown, zmq.Socket | zmq.Monitor>} */
const poller = new zmq.Poller();
let socket = open();
let monitor = watch();

// On a new connection credit begins anew: the source gives what this one had to others.
function open() {
  const socket = context.socket(zmq.DEALER);
  for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
  socket.setsockopt(zmq.RECONNECT_IVL_MAX, LONGEST_PAUSE);
  poller.add(socket, zmq.POLLIN);
  return socket;
}

function watch() {
  const monitor = socket.monitor(zmq.EVENT_DISCONNECTED);
  poller.add(monitor, zmq.POLLIN);
  socket.connect(source);
  socket.send_multipart(["", String(WINDOW)]);
  return monitor;
}

function work() {
  const number = socket.recv_str();
  const line = socket.recv_str();
  if (number === "") return; // the source looked whether this worker is there
  console.log(`Doing ${line}`);
  socket.send_multipart([number, `${line} is done`]);
}

for (;;) {
  const event = poller.wait(-1);
  if (event.socket === socket) {
    work();
  } else {
    std.err.puts(`credit_worker.js: ${monitor.recv().endpoint} is gone; trying again\n`);
    monitor.close();
    socket.close(0);
    socket = open();
    monitor = watch();
  }
}
