// Prints the values of topics that begin with one of the prefixes, from cache.js: first those
// that it has, then each new one.
//
//   cache_watch.js [CACHE [PREFIX...]]      default: tcp://localhost:5566, and every topic
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is made anew

const [cache = "tcp://localhost:5566", ...prefixes] = scriptArgs.slice(1);
if (prefixes.length === 0) prefixes.push("");

const context = new zmq.Context();
const socket = context.socket(zmq.SUB);
for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
for (const prefix of prefixes) socket.setsockopt(zmq.SUBSCRIBE, prefix);
socket.connect(cache);

for (;;) {
  const topic = socket.recv_str();
  const value = socket.recv_str();
  console.log(`${topic} ${value}`);
}
