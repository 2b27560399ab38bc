// Asks a service of services.js: each line of standard input is a request; the answers are printed
// in the same order. When one does not come in time, it asks again, on a new socket.
//
//   services_client.js [SERVICE [BROKER]]      default: echo tcp://localhost:5568
import * as std from "std";
import * as zmq from "zmq";

const TIMEOUT = 1000; // milliseconds to wait for an answer
const ATTEMPTS = 20; // so many requests in vain, and nobody answers

const [service = "echo", broker = "tcp://localhost:5568"] = scriptArgs.slice(1);

const context = new zmq.Context();
let socket = open();

function open() {
  const fresh = context.socket(zmq.REQ);
  fresh.setsockopt(zmq.LINGER, 0); // a request that was given up is not sent later
  fresh.setsockopt(zmq.RCVTIMEO, TIMEOUT);
  fresh.connect(broker);
  return fresh;
}

function ask(request) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    socket.send_multipart([service, request]);
    const answer = socket.recv_str();
    if (answer !== undefined) return answer;
    std.err.puts(`services_client.js: no answer from ${service}, attempt ${attempt}\n`);
    socket.close();
    socket = open();
  }
  throw new Error(`${service} does not answer`);
}

for (let request; (request = std.in.getline()) !== null; ) console.log(ask(request));
