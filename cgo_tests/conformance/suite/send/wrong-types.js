import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, plan, throws } from "../tap.js";

const { a, b, close } = pair();
const values = {
  object: {},
  array: [1, 2],
  function: () => 1,
  symbol: Symbol("x"),
  date: new Date(0),
  "boxed number": Object(1),
  context: new zmq.Context(),
  socket: b,
};
Object.keys(values).forEach((name) => {
  throws(
    () => a.send(values[name]),
    {
      name: "TypeError",
      message:
        /^Socket\.send\(data, flags\?\): data must be null, a boolean, number, bigint, string or bytes, not /,
    },
    name,
  );
});
equal(b.recv(zmq.DONTWAIT), undefined, "nothing was sent");
close();
plan();
