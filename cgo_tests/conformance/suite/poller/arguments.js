import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const poller = new zmq.Poller();
const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => poller.add(), { name: "TypeError", message: /^Poller\.add\(/ }, "add()");
throws(
  () => poller.add({}, zmq.POLLIN),
  { name: "TypeError", message: /^Poller\.add\(/ },
  "add() of an object",
);
throws(() => poller.add("x", zmq.POLLIN), { name: "TypeError" }, "add() of a string");
throws(() => poller.add(null, zmq.POLLIN), { name: "TypeError" }, "add() of null");
throws(() => poller.add(new zmq.Context(), zmq.POLLIN), { name: "TypeError" }, "add() of a Context");
throws(
  () => poller.add(socket, "1"),
  { name: "TypeError", message: /events must be / },
  "events of a string",
);
throws(() => poller.add(socket), { name: "TypeError", message: /events must be / }, "no events");
equal(poller.size(), 0, "nothing was added");
throws(
  () => poller.modify({}, 1),
  { name: "TypeError", message: /^Poller\.modify\(/ },
  "modify() of an object",
);
throws(() => poller.remove(), { name: "TypeError", message: /^Poller\.remove\(/ }, "remove()");
throws(
  () => poller.wait(),
  { name: "TypeError", message: /^Poller\.wait\(timeout\): timeout must be / },
  "wait()",
);
throws(
  () => poller.wait("1"),
  { name: "TypeError", message: /^Poller\.wait\(timeout\): / },
  "wait() of a string",
);
throws(
  () => poller.wait(0.5),
  { message: /timeout must be a 32-bit integer, not 0\.5/ },
  "wait() of a fraction",
);
throws(
  () => poller.wait_all(),
  { name: "TypeError", message: /^Poller\.wait_all\(n_events, timeout\): n_events must be / },
  "wait_all()",
);
throws(
  () => poller.wait_all(1),
  { name: "TypeError", message: /timeout must be / },
  "wait_all() of no timeout",
);
throws(
  () => poller.poll_all(),
  { name: "TypeError", message: /^Poller\.poll_all\(n_events\): n_events must be / },
  "poll_all()",
);
plan();
