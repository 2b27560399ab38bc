// Every option of every class: those in the declarations exist, wrong values throw, and right ones
// are kept.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as zmq from "zeromq";
import * as draft from "zeromq/draft";

const classes = { ...zmq, ...draft };
const require = createRequire(import.meta.url);
const source = ["zmqjs/zeromq", "zmqjs/zeromq/draft"]
  .map((name) => readFileSync(require.resolve(name).replace(/js$/, "d.ts"), "utf8")).join("");

// The members of an interface of the declarations: names and types.
function members(name) {
  const body = source.match(new RegExp(`export interface ${name} \\{(.*?)\\n\\}`, "s"))[1];
  return new Map([...body.matchAll(/^ {2}(\w+): (.*);$/gm)].map(([, member, type]) => [member, type]));
}

const declared = {
  all: members("SocketSettings"),
  send: members("SendSettings"),
  receive: members("ReceiveSettings"),
  types: members("TypeSettings"),
};

function optionsOf(name) {
  const options = new Map(declared.all);
  const head = source.match(new RegExp(`export interface ${name}\\s+extends (.*?)\\{\\}`, "s"))[1];
  if (head.includes("Writable")) declared.send.forEach((type, option) => options.set(option, type));
  if (head.includes("Readable")) declared.receive.forEach((type, option) => options.set(option, type));
  for (const [, option] of (head.match(/Pick<TypeSettings, (.*?)>/)?.[1] ?? "").matchAll(/"(\w+)"/g)) {
    options.set(option, declared.types.get(option));
  }
  return options;
}

const names = ["Pair", "Publisher", "Subscriber", "Request", "Reply", "Dealer", "Router", "Pull", "Push", "XPublisher", "XSubscriber", "Stream",
  "Server", "Client", "Radio", "Dish", "Gather", "Scatter", "Datagram"];
const readOnly = ["lastEndpoint", "securityMechanism", "threadSafe", "type"];

function descriptorOf(socket, name) {
  for (let object = socket; object !== null; object = Object.getPrototypeOf(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

const wrong = {
  number: ["1", true, null, undefined, {}, [], () => {}, 1n],
  boolean: ["true", 1, 0, null, undefined, {}],
  "string | null": [1, true, undefined, {}, [], new ArrayBuffer(1)],
};
const others = ["x", 1, undefined, {}]; // for those with names as values

test("the classes have the options that are declared, and no others", () => {
  for (const name of names) {
    const socket = new classes[name]();
    const expected = [...optionsOf(name).keys(), ...readOnly].sort();
    const found = new Set();
    for (let object = socket; object !== Object.prototype; object = Object.getPrototypeOf(object)) {
      for (const [key, { set, get }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
        if (set !== undefined || (get !== undefined && readOnly.includes(key))) found.add(key);
      }
    }
    const present = expected.filter((option) => (zmq.capability.curve || !option.startsWith("curve")) && (zmq.capability.gssapi || !option.startsWith("gssapi")));
    assert.deepEqual([...found].sort(), present, name);
  }
});

test("wrong types throw", () => {
  for (const name of names) {
    const socket = new classes[name]();
    for (const [option, type] of optionsOf(name)) {
      if (descriptorOf(socket, option) === undefined) continue;
      for (const value of wrong[type] ?? others) {
        assert.throws(() => { socket[option] = value; }, TypeError, `${name}.${option} = ${typeof value}`);
      }
      for (const value of type === "number" ? [NaN] : []) {
        assert.throws(() => { socket[option] = value; }, RangeError, `${name}.${option} = ${value}`);
      }
    }
    for (const option of readOnly) {
      assert.throws(() => { socket[option] = 1; }, { name: "TypeError", message: `Cannot set property ${option} of #<Socket> which has only a getter` });
    }
    for (const property of ["closed", "context", "events", "readable", "writable"]) {
      assert.throws(() => { socket[property] = 1; }, { name: "TypeError", message: /has only a getter/ }, `${name}.${property}`);
    }
    assert.throws(() => { socket.doesNotExist = 1; }, { name: "TypeError", message: "Cannot add property doesNotExist, object is not extensible" });
  }
});

// Options that libzmq was built without, or of which it refuses the value.
const refusable = /^(vmci|gssapi|curve|interface|loopback|multicastMax|tcpAcceptFilter)/;

test("right values are kept", () => {
  for (const name of names) {
    for (const [option, type] of optionsOf(name)) {
      const descriptor = descriptorOf(classes[name].prototype, option);
      if (descriptor === undefined || refusable.test(option)) continue;
      const socket = new classes[name]();
      const value = { number: option === "tcpKeepalive" ? 1 : 7, boolean: true, "string | null": "abc" }[type];
      if (value === undefined) {
        socket.close();
        continue;
      }
      socket[option] = value;
      assert.deepEqual(socket[option], descriptor.get === undefined ? undefined : option === "heartbeatTimeToLive" ? 0 : value, `${name}.${option}`);
      socket.close();
      new classes[name]({ [option]: value }).close();
    }
  }
});

test("values", () => {
  const socket = new zmq.Dealer();
  assert.deepEqual([socket.routingId, socket.lastEndpoint, socket.securityMechanism, socket.affinity, socket.maxMessageSize], [null, null, null, 0, -1]);
  socket.routingId = Buffer.from("åbç");
  assert.equal(socket.routingId, "åbç");
  socket.socksProxy = "foo";
  socket.socksProxy = null;
  assert.equal(socket.socksProxy, null);
  socket.maxMessageSize = 2 ** 40;
  assert.equal(socket.maxMessageSize, 2 ** 40);
  socket.linger = 1.7;
  assert.equal(socket.linger, 1);
  assert.throws(() => { socket.linger = Infinity; }, RangeError);
  assert.throws(() => { socket.linger = 2 ** 31; }, { name: "RangeError", message: /an integer from -2147483648 to 2147483647, not 2147483648/ });
  assert.throws(() => { socket.linger = -2; }, { code: "EINVAL", message: "Invalid argument" });
  socket.affinity = -1;
  assert.equal(socket.affinity, 0);
  socket.plainServer = true;
  assert.equal(socket.securityMechanism, "plain");
  if (zmq.capability.curve) {
    const { publicKey } = zmq.curveKeyPair();
    socket.curvePublicKey = publicKey;
    assert.equal(socket.curvePublicKey, publicKey);
    assert.throws(() => { socket.curvePublicKey = "short"; }, { code: "EINVAL" });
    socket.curveServer = true;
    assert.equal(socket.securityMechanism, "curve");
  }
  const xpub = new zmq.XPublisher();
  for (const value of [null, "allSubs", "allSubsUnsubs"]) xpub.verbosity = value;
  assert.equal(xpub.verbosity, undefined);
});

test("by number", () => {
  const socket = new zmq.Dealer();
  for (const [kind, number, value] of [["Bool", 39, true], ["Int32", 19, 75], ["Int64", 22, 0xffffffffffff], ["Uint64", 4, 5], ["Uint32", 57, 3], ["String", 5, "id"]]) {
    socket[`set${kind}Option`](number, value);
    assert.equal(socket[`get${kind}Option`](number), value);
    assert.throws(() => socket[`get${kind}Option`]("x"), { name: "TypeError", message: "Identifier must be a number" });
    assert.throws(() => socket[`set${kind}Option`](number, Symbol("x")), TypeError);
    assert.throws(() => socket[`set${kind}Option`](number, value, 1), { message: "Expected 2 arguments but received 3" });
  }
  socket.setInt32Option(28, 5);
  assert.equal(socket.sendTimeout, 5);
});

test("warnings", async () => {
  const warnings = [];
  const listen = (warning) => warnings.push(warning.message);
  const settled = () => new Promise(setImmediate);
  await settled(); // according to an import
  process.removeAllListeners("warning");
  process.on("warning", listen);
  const late = "Socket option will not take effect until next connect/bind.";

  const socket = new zmq.Dealer();
  socket.backlog = 5;
  const bound = socket.bind("inproc://warned");
  socket.backlog = 6;
  await bound;
  socket.backlog = 7;
  socket.linger = 0; // these hold at once
  socket.sendHighWaterMark = socket.receiveTimeout = 5;
  await settled();
  assert.deepEqual(warnings.splice(0), [late, late]);

  const connected = new zmq.Dealer({ linger: 0 });
  connected.connect("inproc://warned");
  connected.routingId = "late";
  await settled();
  assert.deepEqual(warnings.splice(0), [late]);
  connected.disconnect("inproc://warned");
  connected.routingId = "in time";
  new zmq.Dealer().affinity = 2 ** 60;
  await settled();
  assert.deepEqual(warnings, ["Value is larger than Number.MAX_SAFE_INTEGER and may have been rounded inaccurately."]);
});

test("subscriptions", async () => {
  const [pub, sub] = [new zmq.XPublisher(), new zmq.Subscriber()];
  await pub.bind("inproc://subscriptions");
  sub.connect("inproc://subscriptions");
  sub.subscribe("a", Buffer.from("b"));
  sub.subscribe();
  sub.unsubscribe("a");
  sub.unsubscribe();
  const seen = [];
  for await (const [message] of pub) {
    seen.push(`${message[0]}${message.subarray(1)}`);
    if (seen.length === 5) break;
  }
  assert.deepEqual(seen, ["1a", "1b", "1", "0a", "0"]);
  assert.throws(() => sub.subscribe(5), TypeError);
});
