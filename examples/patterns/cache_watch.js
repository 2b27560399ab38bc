// Prints the values of topics that begin with one of the prefixes, from cache.js: first those
// that it has, then each new one.
//
//   cache_watch.js [CACHE [PREFIX...]]      default: tcp://localhost:5566, and every topic
import * as zmq from "zmq";

const [cache = "tcp://localhost:5566", ...prefixes] = scriptArgs.slice(1);
if (prefixes.length === 0) prefixes.push("");

const context = new zmq.Context();
const socket = context.socket(zmq.SUB);
socket.setsockopt(zmq.HEARTBEAT_IVL, 1000); // a cache that vanished is noticed, and found again
for (const prefix of prefixes) socket.setsockopt(zmq.SUBSCRIBE, prefix);
socket.connect(cache);

for (;;) {
  const topic = socket.recv_str();
  const value = socket.recv_str();
  console.log(`${topic} ${value}`);
}
