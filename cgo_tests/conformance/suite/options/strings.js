import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
["PLAIN_USERNAME", "PLAIN_PASSWORD", "ZAP_DOMAIN", "SOCKS_PROXY"].forEach((name) => {
  equal(socket.setsockopt(zmq[name], "some text"), 0, "setsockopt() of " + name);
  equal(socket.getsockopt(zmq[name]), "some text", name);
  equal(socket.getsockopt_str(zmq[name]), "some text", name + " as a string");
});
socket.close();
plan();
