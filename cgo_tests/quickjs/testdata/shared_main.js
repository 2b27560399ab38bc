// Workers, each another runtime on another thread, that meet in a context of the process.
import * as zmq from "./zmq.so";
import * as os from "os";

const context = zmq.Context.shared("workers");
const socket = context.socket(zmq.PULL);
const workers = [];
socket.bind("inproc://results");
for (let i = 0; i < 3; i++)
    workers.push(new os.Worker("./shared_worker.js"));
const counts = new Map();
for (let i = 0; i < 3000; i++) {
    const number = socket.recv_int();
    counts.set(number, (counts.get(number) || 0) + 1);
}
for (let i = 0; i < 1000; i++)
    if (counts.get(i) !== 3)
        throw new Error(`${i}: ${counts.get(i)}`);
socket.close();
context.term();
console.log("passed");
