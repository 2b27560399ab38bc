import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.SUB);
throws(
  () => socket.getsockopt_str(zmq.SUBSCRIBE),
  { name: "Error", code: "EINVAL" },
  "SUBSCRIBE cannot be got",
);
throws(() => socket.getsockopt(zmq.UNSUBSCRIBE), { name: "Error", code: "EINVAL" }, "nor UNSUBSCRIBE");
socket.close();
plan();
