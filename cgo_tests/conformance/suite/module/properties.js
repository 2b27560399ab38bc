// Names, lengths, attributes and order are those of classes in a script. extensions/dispose-names.js
// has the methods named by Symbol.dispose.
import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

// Lengths of functions by their names; "@@" marks the name of a well-known symbol.
const functions = {
  version: 0, has: 1, proxy: 2, curve_keypair: 0, curve_public: 1, z85_encode: 1, z85_decode: 1, load_certificate: 1,
  save_certificate: 2,
};
const classes = {
  Context: {
    length: 0,
    statics: { shared: 0 },
    methods: { socket: 1, set: 2, get: 1, shutdown: 0, term: 0 },
    accessors: ["closed", "fd"],
  },
  Socket: {
    length: 0,
    methods: {
      close: 0, bind: 1, connect: 1, connect_peer: 1, unbind: 1, disconnect: 1, send: 1, send_to: 2, send_multipart: 1,
      recv: 0, recv_int: 0, recv_bigint: 0, recv_str: 0, recv_uint8ffarray: 0, recv_multipart: 0, recv_into: 1,
      recv_message: 0, join: 1, leave: 1,
      monitor: 1, recv_event: 0, setsockopt: 2, getsockopt: 1, getsockopt_int: 1, getsockopt_bigint: 1,
      getsockopt_str: 1, getsockopt_uint8ffarray: 1,
    },
    accessors: [
      "closed", "type", "last_endpoint", "fd", "events", "messages_sent", "bytes_sent", "messages_received",
      "bytes_received",
    ],
  },
  Poller: {
    length: 0,
    methods: { size: 0, add: 2, modify: 2, remove: 1, wait: 1, poll: 0, wait_all: 2, poll_all: 1 },
    accessors: ["fd"],
  },
  Authenticator: {
    length: 1,
    methods: { allow: 1, deny: 1, add_plain: 2, add_curve: 1, close: 0 },
    accessors: [],
  },
  Monitor: {
    length: 0,
    methods: {
      recv: 0, next: 0, "@@iterator": 0, close: 0, setsockopt: 2, getsockopt: 1,
    },
    accessors: ["closed", "fd", "events", "dropped"],
  },
};

// Own properties of a constructor. V8 adds the last two to constructors made in C.
const own = ["length", "name", "prototype", "arguments", "caller"];

const hasSymbols = typeof Symbol === "function";

function isSymbolic(name) {
  return name.slice(0, 2) === "@@";
}

// The key of a property, or undefined if the engine has no symbols.
function keyOf(name) {
  if (!isSymbolic(name)) {
    return name;
  }
  return hasSymbols ? Symbol[name.slice(2)] : undefined;
}

function describe(object, key) {
  return Object.getOwnPropertyDescriptor(object, key) || {};
}

function attributes(object, key) {
  const descriptor = describe(object, key);
  return ["writable", "enumerable", "configurable"].filter((name) => descriptor[name]).join(" ");
}

function checkFunction(f, name, length, text) {
  equal(typeof f, "function", text + " is a function");
  equal(f.name, name, text + " has its name");
  equal(f.length, length, text + " has its length");
  equal(attributes(f, "name"), "configurable", "the name of " + text + " can only be redefined");
  equal(attributes(f, "length"), "configurable", "the length of " + text + " can only be redefined");
}

function checkMethod(prototype, name, length, text) {
  const key = keyOf(name);
  if (key === undefined) {
    return;
  }
  checkFunction(describe(prototype, key).value, name.replace(/^@@(.*)/, "[Symbol.$1]"), length, text);
  equal(attributes(prototype, key), "writable configurable", text + " can be replaced, and is not enumerated");
}

function checkAccessor(prototype, name, text) {
  checkFunction(describe(prototype, name).get, "get " + name, 0, "the getter of " + text);
  equal(describe(prototype, name).set, undefined, text + " has no setter");
  equal(attributes(prototype, name), "configurable", text + " can only be redefined");
}

function checkClass(name, expected) {
  const constructor = zmq[name];
  const prototype = constructor.prototype;
  const methods = Object.keys(expected.methods);
  checkFunction(constructor, name, expected.length, name);
  equal(attributes(constructor, "prototype"), "", "the prototype of " + name + " stays");
  equal(prototype.constructor, constructor, name + " is the constructor of its prototype");
  equal(attributes(prototype, "constructor"), "writable configurable", "and can be replaced there");
  const statics = expected.statics || {};
  for (const method in statics) {
    checkMethod(constructor, method, statics[method], name + "." + method);
  }
  deepEqual(
    Object.getOwnPropertyNames(constructor).filter((each) => own.indexOf(each) < 0),
    Object.keys(statics),
    name + " has these static methods",
  );
  for (const method of methods) {
    checkMethod(prototype, method, expected.methods[method], name + "." + method);
  }
  for (const accessor of expected.accessors) {
    checkAccessor(prototype, accessor, name + "." + accessor);
  }
  deepEqual(
    Object.getOwnPropertyNames(prototype).filter((each) => each !== "constructor"),
    methods.filter((each) => !isSymbolic(each)).concat(expected.accessors),
    name + " has these methods and accessors, in this order",
  );
  if (hasSymbols) {
    equal(prototype[Symbol.toStringTag], name, name + " has a tag");
    equal(attributes(prototype, Symbol.toStringTag), "configurable", "and it can only be redefined");
    deepEqual(
      Object.getOwnPropertySymbols(prototype).filter((each) => each !== Symbol.dispose),
      methods.filter(isSymbolic).map(keyOf).concat(Symbol.toStringTag),
      name + " has these symbols, in this order",
    );
  }
}

for (const name in functions) {
  checkFunction(zmq[name], name, functions[name], name);
}
deepEqual(
  Object.keys(zmq).filter((name) => typeof zmq[name] === "function").sort(),
  Object.keys(functions).concat(Object.keys(classes)).sort(),
  "these are all functions and classes",
);
for (const name in classes) {
  checkClass(name, classes[name]);
}
plan();
