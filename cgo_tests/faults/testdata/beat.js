// Connects, and prints when that is done and when the connection ends: beat.js ENDPOINT
// MILLISECONDS, the time between heartbeats.
import * as zmq from "zmq";

const [endpoint, milliseconds] = scriptArgs.slice(1);
const context = new zmq.Context();
const socket = context.socket(zmq.DEALER);
socket.setsockopt(zmq.HEARTBEAT_IVL, Number(milliseconds));
socket.monitor("inproc://events", zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED);
const events = context.socket(zmq.PAIR);
events.connect("inproc://events");
socket.connect(endpoint);
for (;;) console.log(events.recv_event().event === zmq.EVENT_DISCONNECTED ? "disconnected" : "connected");
