import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
const server = s.bound(zmq.SERVER);
const radio = s.bound(zmq.RADIO);
[0, -1, 1.5, 4294967296, NaN, Infinity].forEach((id) =>
  throws(() => server.send_to(id, "x"), { name: "RangeError", message: /destination must be a routing id, from 1 to 4294967295, not/ }, "id " + id),
);
throws(() => server.send_to("group", "x"), { name: "TypeError", message: /routing id, a number, for a SERVER, not a string/ }, "a group of SERVER");
throws(() => server.send_to(new Uint8Array([1]), "x"), { name: "TypeError", message: /routing id, a number, for a SERVER, not/ }, "bytes of SERVER");
throws(() => radio.send_to(1, "x"), { name: "TypeError", message: /a group, a string or bytes, for a RADIO/ }, "a routing id of RADIO");
[undefined, null, true, {}, [], server].forEach((destination) =>
  throws(() => server.send_to(destination, "x"), { name: "TypeError", message: /destination must be/ }, "no destination"),
);
throws(() => server.send_to(1), { name: "TypeError", message: /data must be/ }, "no data");
throws(() => server.send_to(1, {}), { name: "TypeError", message: /data must be/ }, "an object");
throws(() => server.send_to(1, 1.5), { name: "RangeError", message: /data must be an integer/ }, "a fraction");
throws(() => server.send_to(1, "x", "y"), { name: "TypeError", message: /flags must be/ }, "flags");
[zmq.CLIENT, zmq.DISH, zmq.SCATTER, zmq.CHANNEL, zmq.DGRAM, zmq.PUSH].forEach((type) =>
  throws(() => s.make(type).send_to(1, "x"), { name: "Error", code: "ENOTSUP", message: /sends to no destination/ }, "type " + type),
);
const closed = s.make(zmq.SERVER);
closed.close();
throws(() => closed.send_to(1, "x"), { name: "Error", code: "ENOTSOCK" }, "a closed SERVER");
throws(() => zmq.Socket.prototype.send_to.call({}, 1, "x"), { name: "TypeError" }, "no socket");
equal(server.messages_sent, 0, "nothing was sent");
s.close();
plan();
