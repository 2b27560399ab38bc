import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { sockets, until } from "../sockets.js";

const s = sockets();
const dish = s.bound(zmq.DISH);
const radio = s.connected(zmq.RADIO, dish);
const longest = new Array(256).join("g");
const characters = new Array(129).join("\u00e9"); // 256 bytes
dish.join(longest);
dish.setsockopt(zmq.RCVTIMEO, 20);
const message = until(() => {
  radio.send_to(longest, "x");
  return dish.recv_message();
});
equal(message.group, longest, "255 bytes are a group");
const tooLong = { name: "RangeError", message: /at most 255 bytes, not 256/ };
[longest + "g", characters].forEach((group) => {
  throws(() => dish.join(group), tooLong, "join");
  throws(() => dish.leave(group), tooLong, "leave");
  throws(() => radio.send_to(group, "x"), tooLong, "send_to");
});
const withNul = { name: "TypeError", message: /must not contain a NUL/ };
throws(() => dish.join("a\0b"), withNul, "a NUL in join");
throws(() => dish.leave("a\0b"), withNul, "leave");
throws(() => radio.send_to("a\0b", "x"), withNul, "send_to");
throws(() => dish.join(longest), { name: "Error", code: "EINVAL", message: /has joined the group/ }, "joined already");
throws(() => dish.leave("never"), { name: "Error", code: "EINVAL", message: /has not joined the group/ }, "not joined");
equal(dish.join(""), 0, "the empty group");
equal(dish.leave(""), 0, "and out of it");
throws(() => dish.join(), { name: "TypeError", message: /group must be a string or bytes/ }, "no group");
throws(() => dish.join(5), { name: "TypeError", message: /group must be a string or bytes/ }, "a number");
const bytes = new Uint8Array([0xf6, 0x46, 0x1f, 0x80]);
dish.join(bytes);
const binary = until(() => {
  radio.send_to(bytes, "binary");
  return dish.recv_message();
}, (received) => received.group !== longest);
equal(binary.group_bytes.join(), bytes.join(), "a group of bytes that are not UTF-8");
equal(binary.group, "\ufffdF\u001f\ufffd", "the same as a string");
throws(() => dish.join(new Uint8Array(256).fill(1)), tooLong, "bytes in join");
throws(() => radio.send_to(new Uint8Array(256).fill(1), "x"), tooLong, "send_to");
throws(() => dish.leave(new Uint8Array([1, 0])), withNul, "a NUL in leave");
throws(() => radio.send_to(new Uint8Array([1, 0]), "x"), withNul, "send_to");
equal(dish.leave(bytes), 0, "leave() takes bytes");
dish.join(new Uint8Array(0));
dish.leave("");
[zmq.RADIO, zmq.SUB, zmq.CLIENT].forEach((type) => {
  const other = s.make(type);
  throws(() => other.join("a"), { name: "Error", code: "ENOTSUP", message: /a DISH has/ }, "join of type " + type);
  throws(() => other.leave("a"), { name: "Error", code: "ENOTSUP", message: /a DISH has/ }, "leave of type " + type);
});
throws(() => dish.send("x"), { name: "Error", code: "ENOTSUP", message: /a DISH cannot send/ }, "a DISH does not send");
throws(() => radio.recv(), { name: "Error", code: "ENOTSUP", message: /a RADIO cannot receive/ }, "a RADIO does not receive");
dish.close();
throws(() => dish.join("a"), { name: "Error", code: "ENOTSOCK" }, "a closed DISH");
throws(() => dish.leave("a"), { name: "Error", code: "ENOTSOCK" }, "leave");
s.close();
plan();
