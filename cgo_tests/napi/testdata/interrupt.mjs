// Ctrl-C while a receive blocks: an error, if the script handles the signal; it then ends with its standard input.
import * as zmq from "zmq";

const socket = new zmq.Context().socket(zmq.PULL);
socket.bind("tcp://127.0.0.1:*");
if (process.argv[2] === "handled") {
  let count = 0;
  process.on("SIGINT", () => count++ === 0 && console.log("handled"));
  process.stdin.on("end", () => process.exit(5)).resume();
}
console.log("waiting");
try {
  socket.recv();
} catch (error) {
  console.log(error.code);
}
setTimeout(() => {}, 1_000_000);
