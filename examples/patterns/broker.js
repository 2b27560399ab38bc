// A broker that balances load: each request goes to the worker that has been idle for longest.
// Clients are retry_client.js or any REQ, workers broker_worker.js.
//
//   broker.js [CLIENTS [WORKERS]]      default: tcp://*:5563 tcp://*:5564
import * as std from "std";
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is given up

const [client_endpoint = "tcp://*:5563", worker_endpoint = "tcp://*:5564"] = scriptArgs.slice(1);

const context = new zmq.Context();
const poller = new zmq.Poller();

function open(endpoint) {
  const socket = context.socket(zmq.ROUTER);
  socket.setsockopt(zmq.HEARTBEAT_IVL, SILENCE);
  socket.bind(endpoint);
  poller.add(socket, zmq.POLLIN);
  console.log(`Bound to ${socket.last_endpoint}`);
  return socket;
}

const clients = open(client_endpoint);
const workers = open(worker_endpoint);
workers.setsockopt(zmq.ROUTER_MANDATORY, 1); // sending to a worker that is gone throws

const idle = new Map(); // routing ids of workers, in the order in which they became idle

// A worker says that it is idle by an empty message, or by a reply: [client, "", reply].
function from_worker() {
  const [worker, ...reply] = workers.recv_multipart();
  idle.set(worker.join(), worker);
  if (reply.length === 3) clients.send_multipart(reply);
}

let noted = 0; // the time of the last note: there is one in a second at most

function note(text) {
  if (Date.now() - noted < 1000) return;
  noted = Date.now();
  std.err.puts(`broker.js: ${text}\n`);
}

// Waits for a worker if none is idle; meanwhile requests wait in their sockets.
function to_worker(request) {
  for (;;) {
    if (idle.size === 0) note("no worker is idle; requests wait");
    while (idle.size === 0) from_worker();
    const [[key, worker]] = idle;
    idle.delete(key);
    try {
      return workers.send_multipart([worker, ...request]);
    } catch (error) {
      if (error.code !== "EHOSTUNREACH") throw error;
    }
  }
}

for (;;) {
  const event = poller.wait(-1);
  if (event.socket === workers) from_worker();
  else to_worker(clients.recv_multipart()); // [client, "", request]
}
