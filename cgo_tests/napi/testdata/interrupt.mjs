// Ctrl-C while a receive blocks: an error, if the script handles the signal.
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.PULL);
socket.bind("tcp://127.0.0.1:*");
if (process.argv[2] === "handled") {
  process.on("SIGINT", () => {
    console.log("handled");
    process.exit(5);
  });
}
console.log("waiting");
try {
  socket.recv();
} catch (error) {
  console.log(error.code);
}
setTimeout(() => {}, 60_000);
