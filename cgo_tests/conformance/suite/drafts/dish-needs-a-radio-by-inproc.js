import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";
import { sockets } from "../sockets.js";

// libzmq can read the messages of a DISH to its peer in a RADIO only.
const refused = { name: "Error", code: "ENOCOMPATPROTO", message: /RADIO and DISH/ };
["PAIR", "PUB", "PULL", "ROUTER", "CLIENT", "DISH"].forEach((name) => {
  const s = sockets();
  const bound = s.make(zmq[name]);
  bound.bind("inproc://bound");
  const dish = s.make(zmq.DISH);
  dish.join("group");
  throws(() => dish.connect("inproc://bound"), refused, "a DISH to a " + name);
  dish.connect("inproc://waits");
  throws(() => s.make(zmq[name]).bind("inproc://waits"), refused, name + " where a DISH waits");
  dish.close();
  throws(() => s.make(zmq[name]).bind("inproc://waits"), refused, "also when the DISH is closed");
  const bindingDish = s.make(zmq.DISH);
  bindingDish.bind("inproc://dish");
  throws(() => s.make(zmq[name]).connect("inproc://dish"), refused, name + " to a DISH");
  s.make(zmq[name]).connect("inproc://waits too");
  throws(() => s.make(zmq.DISH).bind("inproc://waits too"), refused, "a DISH where a " + name + " waits");
  s.close();
});
const s = sockets();
const monitored = s.make(zmq.PAIR);
monitored.monitor("inproc://monitor", zmq.EVENT_ALL);
const dish = s.make(zmq.DISH);
throws(() => dish.connect("inproc://monitor"), refused, "a monitor");
const radio = s.make(zmq.RADIO);
dish.join("group");
dish.connect("inproc://radio");
radio.bind("inproc://radio");
dish.setsockopt(zmq.RCVTIMEO, 20);
let received;
for (let i = 0; i < 500 && received === undefined; i++) {
  radio.send_to("group", "message");
  received = dish.recv_str();
}
equal(received, "message", "a RADIO where a DISH waits");
s.close();
plan();
