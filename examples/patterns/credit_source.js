// Gives the lines of standard input to workers (credit_worker.js), to each only as many as it
// has given credit for, and prints each result once. What a worker had that is gone, another
// one gets. Memory is bounded by the credits, however slow the workers are.
//
//   credit_source.js [ENDPOINT]      default: tcp://*:5567
import * as std from "std";
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is given up
const [endpoint = "tcp://*:5567"] = scriptArgs.slice(1);
const workers = new zmq.Context().socket(zmq.ROUTER);
workers.setsockopt(zmq.ROUTER_MANDATORY, 1); // sending to a worker that is gone throws
for (const option of [zmq.HEARTBEAT_IVL, zmq.RCVTIMEO]) workers.setsockopt(option, SILENCE);
workers.bind(endpoint);
console.log(`Bound to ${workers.last_endpoint}`);
const credits = []; // routing ids of workers, one for each line that they will take
const given = new Map(); // by number: { worker, line }, of lines that have no result yet
const returned = []; // [number, line] of workers that are gone

let noted = 0; // the time of the last note: there is one in a second at most

function note(text) {
  if (Date.now() - noted < 1000) return;
  noted = Date.now();
  std.err.puts(`credit_source.js: ${text}\n`);
}

function reaches(worker, number, line) {
  try {
    return workers.send_multipart([worker, number, line]) > 0;
  } catch (error) {
    if (error.code === "EHOSTUNREACH") return false;
    throw error;
  }
}

function take_back() {
  const there = {}; // by worker: whether it got an empty message, which it ignores
  for (const [number, { worker, line }] of given) {
    if ((there[worker.join()] ??= reaches(worker, "", ""))) continue;
    given.delete(number);
    returned.push([number, line]);
  }
}

// A worker sends [number, result], which is a credit too, and at first ["", credits].
function receive() {
  const worker = workers.recv();
  if (worker === undefined) return take_back();
  const [number, text] = [workers.recv_str(), workers.recv_str()];
  if (number === "") take_back(); // it may be there instead of another one
  for (let i = number === "" ? Number(text) : 1; i > 0; i--) credits.push(worker);
  if (given.delete(number)) console.log(text);
}

function give(number, line) {
  if (credits.length === 0) note(`no credit left, ${given.size} lines are with workers`);
  while (credits.length === 0) receive();
  const worker = credits.shift();
  if (reaches(worker, number, line)) given.set(number, { worker, line });
  else returned.push([number, line]);
}

for (let line = "", count = 0; line !== null || given.size + returned.length > 0; ) {
  if (returned.length > 0) give(...returned.shift());
  else if (line === null) receive();
  else if ((line = std.in.getline()) !== null) give(String(++count), line);
}
