// The end of a monitor, in any state, does not affect another monitor of the same socket.
import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const states = {
  "without events": () => {},
  "with some events": (socket) => {
    socket.bind("tcp://127.0.0.1:*");
    socket.unbind(socket.last_endpoint);
  },
  "with more events than wait": (socket) => {
    for (let i = 0; i < 1100; i++) {
      socket.bind("tcp://127.0.0.1:*");
      socket.unbind(socket.last_endpoint);
    }
  },
};

const ends = {
  "closed before": (first, next) => {
    first.close();
    return next();
  },
  "closed after": (first, next) => {
    const second = next();
    first.close();
    return second;
  },
  "read to its end": (first, next) => {
    const second = next();
    first.setsockopt(zmq.RCVTIMEO, 10000);
    while (first.recv().name !== "MONITOR_STOPPED");
    return second;
  },
  "read a little, and closed": (first, next) => {
    const second = next();
    first.recv(zmq.DONTWAIT);
    first.close();
    return second;
  },
  "ended twice": (first, next, socket) => {
    socket.monitor(null);
    socket.monitor(null);
    const second = next();
    first.close();
    return second;
  },
  "left to the collector": (first, next) => next(),
};

Object.keys(states).forEach((state) => {
  Object.keys(ends).forEach((end) => {
    const name = state + ", " + end;
    const context = new zmq.Context();
    const socket = context.socket(zmq.PULL);
    const first = socket.monitor();
    states[state](socket);
    const second = ends[end](first, () => socket.monitor(zmq.EVENT_LISTENING), socket);
    second.setsockopt(zmq.RCVTIMEO, 10000);
    socket.bind("tcp://127.0.0.1:*");
    const event = second.recv();
    equal(event && event.name, "LISTENING", name + ": the next one still works");
    equal(event && event.endpoint, socket.last_endpoint, name + ": and reports the socket");
    equal(second.closed, false, name + ": it is open");
    socket.close();
    equal(second.recv().name, "MONITOR_STOPPED", name + ": it ends with the socket");
    first.close();
    ok(second.closed && first.closed, name + ": both are closed");
    equal(context.term(), 0, name + ": term()");
  });
});
plan();
