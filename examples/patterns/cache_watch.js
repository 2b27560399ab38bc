// Prints the values of topics that begin with one of the prefixes, from cache.js: first those
// that it has, then each new one.
//
//   cache_watch.js [CACHE [PREFIX...]]      default: tcp://localhost:5566, and every topic
import * as std from "std";
import * as zmq from "zmq";

const SILENCE = 1000; // milliseconds after which a silent connection is made anew
const LONGEST_PAUSE = 5000; // milliseconds between attempts to connect, which begin with 100 and double

const [cache = "tcp://localhost:5566", ...prefixes] = scriptArgs.slice(1);
if (prefixes.length === 0) prefixes.push("");

const context = new zmq.Context();
const socket = context.socket(zmq.SUB);
for (const option of [zmq.HEARTBEAT_IVL, zmq.HANDSHAKE_IVL]) socket.setsockopt(option, SILENCE);
socket.setsockopt(zmq.RECONNECT_IVL_MAX, LONGEST_PAUSE);
for (const prefix of prefixes) socket.setsockopt(zmq.SUBSCRIBE, prefix);
const monitor = socket.monitor(zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED);
socket.connect(cache);

/** @type {zmq.Poller<unknown, zmq.Socket | zmq.Monitor>} */
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
poller.add(monitor, zmq.POLLIN);
for (;;) {
  const event = poller.wait(-1);
  if (event.socket === monitor) {
    const { name, endpoint } = monitor.recv();
    std.err.puts(`cache_watch.js: ${endpoint}: ${name}\n`);
    continue;
  }
  const topic = socket.recv_str();
  const value = socket.recv_str();
  console.log(`${topic} ${value}`);
}
