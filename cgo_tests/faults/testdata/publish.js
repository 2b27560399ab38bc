// Publishes numbered messages: publish.js ENDPOINT COUNT BYTES. It publishes "hello" until it reads
// a line from standard input, then the messages, prints the maximum of memory that it has used, and
// publishes the end until it is killed.
import * as os from "os";
import * as std from "std";
import * as zmq from "zmq";

const [endpoint, count, bytes] = scriptArgs.slice(1);
const socket = new zmq.Context().socket(zmq.PUB);
socket.setsockopt(zmq.SNDHWM, 100);
socket.bind(endpoint);
console.log(`Bound to ${socket.last_endpoint}`);

const poller = new zmq.Poller();
poller.add(0, zmq.POLLIN);
while (!poller.wait(10)) socket.send("hello");
const padding = " ".repeat(bytes);
for (let number = 1; number <= count; number++) socket.send(String(number).padStart(7, "0") + padding);
console.log(std.loadFile("/proc/self/status").match(/VmHWM:\s*(\d+) kB/)[1]);
for (;;) {
  socket.send("end", zmq.DONTWAIT);
  os.sleep(10);
}
