import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { port, sockets, text, until } from "../sockets.js";

const s = sockets();
const endpoint = "udp://127.0.0.1:" + port();
const dish = s.make(zmq.DISH);
dish.bind(endpoint);
const radio = s.make(zmq.RADIO);
radio.connect(endpoint);
const longest = new Array(128).join("g");
dish.join("news");
dish.join(longest);
dish.setsockopt(zmq.RCVTIMEO, 20);
function arrives(group, data) {
  return until(() => {
    radio.send_to("other", "not joined");
    radio.send_to(group, data);
    return dish.recv_message();
  }, (message) => message.group === group && message.data.length === data.length);
}
const message = arrives("news", "by udp");
equal(message.group, "news", "the group");
equal(text(message), "by udp", "the packet");
equal(arrives(longest, "x").group, longest, "a group of 127 bytes");
equal(arrives("news", new Uint8Array(8192 - 1 - 4)).data.length, 8187, "the largest packet");
const tooLarge = { name: "Error", code: "EMSGSIZE", message: /at most 8192 bytes/ };
throws(() => radio.send_to("news", new Uint8Array(8188)), tooLarge, "one byte more");
throws(() => radio.send_to("news", new Uint8Array(1000000)), tooLarge, "a million");
throws(() => radio.send(new Uint8Array(8192)), tooLarge, "without a group");
throws(() => radio.send_to(longest + "g", "x"), tooLarge, "a group of 128 bytes");
const incompatible = { name: "Error", code: "ENOCOMPATPROTO" };
throws(() => s.make(zmq.RADIO).bind(endpoint), incompatible, "a RADIO does not bind");
throws(() => s.make(zmq.DISH).connect(endpoint), incompatible, "a DISH does not connect");
throws(() => s.make(zmq.PUB).connect(endpoint), incompatible, "other types do not support udp");
s.close();
plan();
