import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const objects = { Context: new zmq.Context(), Poller: new zmq.Poller() };
objects.Socket = objects.Context.socket(zmq.PAIR);
for (const className of ["Context", "Socket", "Poller"]) {
  const prototype = zmq[className].prototype;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method = Object.getOwnPropertyDescriptor(prototype, name).value;
    if (name === "constructor" || typeof method !== "function") {
      continue;
    }
    const foreign = [undefined, null, 0, "", {}, prototype, Object.create(objects[className]), () => 1];
    for (const other of ["Context", "Socket", "Poller"]) {
      if (other !== className) {
        foreign.push(objects[other]);
      }
    }
    const message = new RegExp("^" + className + "\\." + name + "\\(.*\\): this is not a " + className + "$");
    const refused = foreign.filter((value) => {
      try {
        method.call(value);
        return false;
      } catch (e) {
        return e instanceof TypeError && message.test(e.message);
      }
    });
    equal(refused.length, foreign.length, className + "." + name + " refuses every other this");
  }
}
plan();
