import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
["nonsense://x", "http://127.0.0.1:1", "TCP://127.0.0.1:*"].forEach((endpoint) => {
  throws(
    () => socket.bind(endpoint),
    { name: "Error", code: "EPROTONOSUPPORT", endpoint },
    "bind " + endpoint,
  );
  throws(
    () => socket.connect(endpoint),
    { name: "Error", code: "EPROTONOSUPPORT", endpoint },
    "connect " + endpoint,
  );
});
plan();
