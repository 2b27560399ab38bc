import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";
import { sockets, text, until } from "../sockets.js";

const s = sockets();
const dish = s.bound(zmq.DISH);
const radio = s.connected(zmq.RADIO, dish);
equal(dish.join("news"), 0, "join()");
equal(dish.join("\u00fcber"), 0, "another group");
dish.setsockopt(zmq.RCVTIMEO, 20);
const first = until(() => {
  radio.send_to("news", "hello");
  return dish.recv_message();
});
equal(first.group, "news", "the group of a message");
equal(text(first), "hello", "its content");
deepEqual(Object.keys(first), ["data", "more", "properties", "group", "group_bytes"], "the message");
dish.setsockopt(zmq.RCVTIMEO, 5000);
equal(radio.send_to("new", "a beginning of a group"), 22, "a RADIO drops messages to a group without members");
radio.send_to("news letter", "a longer one");
radio.send("no group");
radio.send_to("\u00fcber", "the second group");
let next = dish.recv_message();
while (next.group === "news") next = dish.recv_message(); // it comes late
equal(next.group, "\u00fcber", "a group is equal or it is not");
equal(text(next), "the second group", "its message");
equal(dish.leave("news"), 0, "leave()");
dish.join("end");
dish.setsockopt(zmq.RCVTIMEO, 20);
until(() => {
  radio.send_to("news", "left");
  radio.send_to("end", "end");
  const message = dish.recv_message();
  return message !== undefined && message.group === "end" ? message : undefined;
});
equal(dish.recv_str() === "left" && dish.recv_str() === "left", false, "after leave() no more messages of the group arrive");
s.close();
plan();
