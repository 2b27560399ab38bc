import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, endpoint, close } = pair(zmq.PULL, zmq.PUSH);
b.send("before");
equal(a.recv_str(), "before", "connected");
equal(b.disconnect(endpoint), 0, "disconnect() returns 0");
equal(b.send("after", zmq.DONTWAIT), undefined, "there is no peer any more");
throws(
  () => b.disconnect(endpoint),
  { code: "ENOENT", errno: zmq.ENOENT, endpoint },
  "a second disconnect() throws",
);
equal(b.connect(endpoint), 0, "connect() again");
b.send("again");
equal(a.recv_str(), "again", "connected again");
close();
plan();
