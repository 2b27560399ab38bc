// Waits five times as long as its argument, in milliseconds: for nothing, while a connection with
// heartbeats is idle. Prints "over" if no event came, and the connection still works.
import * as os from "os";
import * as std from "std";
import * as zmq from "zmq";

const milliseconds = Number(scriptArgs[1]);
const context = new zmq.Context();

const [router, dealer, events] = [zmq.ROUTER, zmq.DEALER, zmq.PAIR].map((type) => context.socket(type));
for (const socket of [router, dealer]) socket.setsockopt(zmq.HEARTBEAT_IVL, 50);
for (const socket of [router, dealer]) socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 10000);
router.bind("tcp://127.0.0.1:*");
dealer.monitor("inproc://events", zmq.EVENT_DISCONNECTED | zmq.EVENT_HANDSHAKE_SUCCEEDED);
events.connect("inproc://events");
dealer.connect(router.last_endpoint);
if (events.recv_event().event !== zmq.EVENT_HANDSHAKE_SUCCEEDED) throw new Error("no connection");

const push = context.socket(zmq.PUSH);
push.setsockopt(zmq.SNDTIMEO, milliseconds);
router.setsockopt(zmq.RCVTIMEO, milliseconds);
const poller = new zmq.Poller();
poller.add(router, zmq.POLLIN);

const results = [router.recv(), poller.wait(milliseconds), poller.wait_all(1, milliseconds), push.send("to nobody")];
os.setTimeout(() => {
  console.log(results.join() === ",,," && events.recv_event(zmq.DONTWAIT) === undefined ? "over" : results.join());
  std.exit(0);
}, milliseconds);
