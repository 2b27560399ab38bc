// The methods named by Symbol.dispose have the attributes of methods of a script's classes.
import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

function attributes(object, key) {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  return ["writable", "enumerable", "configurable"].filter((name) => descriptor[name]).join(" ");
}

for (const name of ["Context", "Socket", "Poller", "Authenticator", "Monitor"]) {
  const prototype = zmq[name].prototype;
  const dispose = prototype[Symbol.dispose];
  equal(dispose.name, "[Symbol.dispose]", "the name of the method of " + name);
  equal(dispose.length, 0, "and its length");
  equal(attributes(dispose, "name"), "configurable", "the name can only be redefined");
  equal(attributes(dispose, "length"), "configurable", "and the length too");
  equal(attributes(prototype, Symbol.dispose), "writable configurable", "it can be replaced, and is not enumerated");
}
plan();
