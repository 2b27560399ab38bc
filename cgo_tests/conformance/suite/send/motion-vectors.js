// The engine does not expose the bytes of FFglitch's motion vectors.
import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
const array = new MVArray(4);
const values = {
  MV: new MV(1, 2),
  MVRef: array[0],
  MVArray: array,
  MVPtr: new MVPtr(array),
  MVMask: new MVMask(4),
  MV2DArray: new MV2DArray(2, 2),
  MV2DMask: new MV2DMask(2, 2),
};
Object.keys(values).forEach((name) => {
  throws(() => a.send(values[name]), { name: "TypeError" }, name);
  throws(() => a.send_multipart(["part", values[name]]), { name: "TypeError" }, name + " as a part");
  throws(() => a.setsockopt(zmq.ROUTING_ID, values[name]), { name: "TypeError" }, name + " as an option");
  throws(() => a.recv_into(values[name]), { name: "TypeError" }, name + " to receive into");
});
equal(a.send("after"), 5, "a message");
equal(b.recv_str(), "after", "comes alone");
close();
plan();
