// Sets values in cache.js: each line of standard input is a topic, a space and its value.
//
//   cache_set.js [CACHE]      default: tcp://localhost:5565
import * as std from "std";
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is made anew
const LONGEST_PAUSE = 5000; // milliseconds between attempts to connect, which begin with 100 and double

const [cache = "tcp://localhost:5565"] = scriptArgs.slice(1);

const context = new zmq.Context();
const socket = context.socket(zmq.PUSH);
for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
socket.setsockopt(zmq.RECONNECT_IVL_MAX, LONGEST_PAUSE);
socket.connect(cache);

for (let line; (line = std.in.getline()) !== null; ) {
  const [topic, ...words] = line.split(" ");
  const change = [topic, words.join(" ")];
  if (socket.send_multipart(change, zmq.DONTWAIT) !== undefined) continue;
  std.err.puts("cache_set.js: the cache takes no more; waiting\n");
  socket.send_multipart(change);
}
