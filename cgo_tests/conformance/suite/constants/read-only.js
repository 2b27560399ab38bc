import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const names = zmq;
throws(
  () => {
    names.PAIR = 7;
  },
  { name: "TypeError" },
  "a constant cannot be set",
);
equal(zmq.PAIR, 0, "and keeps its value");
plan();
