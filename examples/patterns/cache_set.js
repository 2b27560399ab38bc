// Sets values in cache.js: each line of standard input is a topic, a space and its value.
//
//   cache_set.js [CACHE]      default: tcp://localhost:5565
import * as std from "std";
import * as zmq from "zmq";

const [cache = "tcp://localhost:5565"] = scriptArgs.slice(1);

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
socket.connect(cache);

for (let line; (line = std.in.getline()) !== null; ) {
  const [topic, ...words] = line.split(" ");
  socket.send_multipart([topic, words.join(" ")]);
}
