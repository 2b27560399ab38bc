// Two subscribers receive the same message, large enough to be passed without copying. A change by
// one of them is not visible to the other.
import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const publisher = context.socket(zmq.XPUB);
publisher.bind("inproc://shared");
const subscribers = [1, 2].map(() => {
  const subscriber = context.socket(zmq.SUB);
  subscriber.setsockopt(zmq.SUBSCRIBE, "");
  subscriber.setsockopt(zmq.RCVTIMEO, 5000);
  subscriber.connect("inproc://shared");
  return subscriber;
});
publisher.setsockopt(zmq.XPUB_VERBOSE, 1);
publisher.recv();
publisher.setsockopt(zmq.RCVTIMEO, 200);
publisher.recv();
[100, 300000].forEach((size) => {
  publisher.send("x".repeat(size));
  const [one, other] = subscribers.map((subscriber) => subscriber.recv());
  one[0] = 7;
  one[size - 1] = 7;
  equal(other[0], 120, "first byte of " + size);
  equal(other[size - 1], 120, "last byte of " + size);
});
subscribers.forEach((subscriber) => subscriber.close());
publisher.close();
context.term();
plan();
