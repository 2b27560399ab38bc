import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

function kinds(xpub) {
  const result = [];
  for (let message = xpub.recv(zmq.DONTWAIT); message !== undefined; message = xpub.recv(zmq.DONTWAIT)) {
    result.push(message[0]);
  }
  return result;
}

function heard(verboser) {
  const context = new zmq.Context();
  const xpub = context.socket(zmq.XPUB);
  xpub.setsockopt(zmq.XPUB_VERBOSER, verboser);
  xpub.bind("inproc://verboser");
  const subscribers = [context.socket(zmq.SUB), context.socket(zmq.SUB)];
  subscribers.forEach((socket) => {
    socket.connect("inproc://verboser");
    socket.setsockopt(zmq.SUBSCRIBE, "t");
  });
  const begun = kinds(xpub);
  subscribers.forEach((socket) => socket.setsockopt(zmq.UNSUBSCRIBE, "t"));
  const ended = kinds(xpub);
  subscribers.forEach((socket) => socket.close());
  xpub.close();
  context.term();
  return begun.concat(ended);
}

deepEqual(heard(0), [1, 0], "without it the first subscription and the last end are heard");
deepEqual(heard(1), [1, 1, 0, 0], "with XPUB_VERBOSER all of them arrive");
plan();
