// A worker of services.js. Any number may come and go; they find a broker that was started again.
//
//   services_worker.js [SERVICE [BROKER]]      default: echo tcp://localhost:5569
import * as std from "std";
import * as zmq from "zmq";

const IDLE = 1000; // milliseconds without a request after which it says again that it is idle
const SILENCE = 1000; // milliseconds after which a silent connection is made anew
const LONGEST_PAUSE = 5000; // milliseconds between attempts to connect, which begin with 100 and double

const [service = "echo", broker = "tcp://localhost:5569"] = scriptArgs.slice(1);

const context = new zmq.Context();
const socket = context.socket(zmq.DEALER);
for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
socket.setsockopt(zmq.RECONNECT_IVL_MAX, LONGEST_PAUSE);
const monitor = socket.monitor(zmq.EVENT_DISCONNECTED);
socket.connect(broker);
socket.send(service);

/** @type {zmq.Poller<unknown, zmq.Socket | zmq.Monitor>} */
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
poller.add(monitor, zmq.POLLIN);
for (;;) {
  const event = poller.wait(IDLE);
  if (event === null) {
    socket.send(service); // the broker may be a new one, which does not know of this worker
  } else if (event.socket === monitor) {
    std.err.puts(`services_worker.js: ${monitor.recv().endpoint} is gone; trying again\n`);
  } else {
    const client = socket.recv();
    const request = socket.recv_str();
    console.log(`Doing ${request}`);
    socket.send_multipart([service, client, `${request} is done`]);
  }
}
