// A broker of services: each request names one, and goes to the worker of this service that has
// been idle for longest. Clients are services_client.js, workers services_worker.js.
//
//   services.js [CLIENTS [WORKERS]]      default: tcp://*:5568 tcp://*:5569
import * as std from "std";
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is given up
const MOST_WAITING = 1000; // so many requests wait in the broker; others wait in their sockets

const [client_endpoint = "tcp://*:5568", worker_endpoint = "tcp://*:5569"] = scriptArgs.slice(1);

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

const services = new Map(); // by name: { idle, requests }
let waiting = 0;

function service_of(name) {
  if (!services.has(name)) services.set(name, { idle: new Map(), requests: [] });
  return services.get(name);
}

function reaches(worker, request) {
  try {
    return workers.send_multipart([worker, ...request]) > 0;
  } catch (error) {
    if (error.code === "EHOSTUNREACH") return false;
    throw error;
  }
}

function dispatch({ idle, requests }) {
  while (idle.size > 0 && requests.length > 0) {
    const [[key, worker]] = idle;
    idle.delete(key);
    if (reaches(worker, requests[0])) requests.shift(), waiting--;
  }
  if (waiting < MOST_WAITING) poller.modify(clients, zmq.POLLIN);
}

// A worker says that it is idle, of which service it is, and the answer: [service, client, answer], or [service].
function from_worker() {
  const [worker, name, ...answer] = workers.recv_multipart();
  if (answer.length === 2) clients.send_multipart([answer[0], "", answer[1]]);
  const service = service_of(name.join());
  service.idle.set(worker.join(), worker);
  dispatch(service);
}

function from_client() {
  const [client, , name, request] = clients.recv_multipart();
  const service = service_of(name.join());
  service.requests.push([client, request]);
  if (++waiting >= MOST_WAITING) {
    std.err.puts(`services.js: ${waiting} requests wait; no more are taken\n`);
    poller.modify(clients, 0);
  }
  dispatch(service);
}

for (;;) {
  const event = poller.wait(-1);
  if (event.socket === workers) from_worker();
  else from_client();
}
