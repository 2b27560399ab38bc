// A client that gets its answers as long as one of its servers is alive: when an answer does
// not come in time, it asks the next server, on a new socket. Each line of standard input is
// a request; the answers are printed in the same order.
//
//   retry_client.js [SERVER...]      default: tcp://localhost:5561 tcp://localhost:5562
import * as std from "std";
import * as zmq from "zmq";

const TIMEOUT = 1000; // milliseconds to wait for an answer
const ATTEMPTS = 20; // so many requests in vain, and there is no server left

const servers = scriptArgs.slice(1);
if (servers.length === 0) servers.push("tcp://localhost:5561", "tcp://localhost:5562");

const context = new zmq.Context();
const poller = new zmq.Poller();
let server = 0;
let socket = open();

function open() {
  const fresh = context.socket(zmq.REQ);
  fresh.setsockopt(zmq.LINGER, 0); // a request that was given up is not sent later
  fresh.connect(servers[server]);
  poller.add(fresh, zmq.POLLIN);
  return fresh;
}

// What may still come to the old socket is no answer to a later request.
function use_next_server() {
  socket.close();
  std.err.puts(`retry_client.js: no answer from ${servers[server]}\n`);
  server = (server + 1) % servers.length;
  socket = open();
}

function ask(request) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    socket.send(request);
    if (poller.wait(TIMEOUT)) return socket.recv_str();
    use_next_server();
  }
  throw new Error(`no server answers: ${servers.join(" ")}`);
}

for (let request; (request = std.in.getline()) !== null; ) console.log(ask(request));
