import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

// libzmq aborts for each of these.
function refusal(option, value) {
  const context = new zmq.Context();
  equal(context.set(option, value), 0, `set(${option}, ${value})`);
  throws(() => context.socket(zmq.PAIR), { code: "EINVAL", message: /THREAD_SCHED_POLICY/ }, "socket()");
  return context;
}

refusal(zmq.THREAD_SCHED_POLICY, 255).term();
const mended = refusal(zmq.THREAD_AFFINITY_CPU_ADD, 1023);
equal(mended.set(zmq.THREAD_AFFINITY_CPU_REMOVE, 1023), 0, "set(THREAD_AFFINITY_CPU_REMOVE)");
mended.socket(zmq.PAIR).close();
equal(mended.term(), 0, "it works with values that the system accepts");

[
  [zmq.IO_THREADS, 1025],
  [zmq.MAX_SOCKETS, 16777217],
  [zmq.THREAD_AFFINITY_CPU_ADD, 1024],
  [zmq.THREAD_AFFINITY_CPU_REMOVE, 1024],
].forEach(([option, value]) => {
  throws(() => new zmq.Context().set(option, value), { code: "EINVAL" }, `set(${option}, ${value})`);
});

const context = new zmq.Context();
equal(context.set(zmq.THREAD_SCHED_POLICY, 0), 0, "the usual policy");
const socket = context.socket(zmq.PAIR);
equal(socket.closed, false, "socket()");
socket.close();
context.term();
plan();
