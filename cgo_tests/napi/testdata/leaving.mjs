// Leaves messages that cannot be sent: a worker first, then the main thread.
import { Worker, isMainThread, workerData } from "node:worker_threads";
import * as zmq from "zmq";

const [endpoint, left] = isMainThread ? process.argv.slice(2) : workerData;
function leave() {
  const context = new zmq.Context();
  const socket = context.socket(zmq.PUSH);
  socket.connect(endpoint);
  socket.send("unsent");
  if (left === "closed") {
    socket.close();
  }
  globalThis.left = [context, socket];
}
leave();
if (isMainThread && left === "worker") {
  await new Promise((resolve) => new Worker(new URL(import.meta.url), { workerData: [endpoint, "closed"] }).once("exit", resolve));
}
