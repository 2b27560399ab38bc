// The types of the draft API: routing ids, groups, packets, and refused values.
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as zmq from "zeromq";
import * as draft from "zeromq/draft";

const names = ["Server", "Client", "Radio", "Dish", "Gather", "Scatter", "Datagram"];
let number = 0;
const addresses = { tcp: () => "tcp://127.0.0.1:*", inproc: () => `inproc://draft-${number++}` };

async function pair(type, otherType, transport = "tcp") {
  const a = new draft[type]({ linger: 0 }), b = new draft[otherType]({ linger: 0 });
  await a.bind(addresses[transport]());
  b.connect(a.lastEndpoint);
  return [a, b];
}
const close = (...sockets) => sockets.forEach((socket) => socket.close());

test("the classes", () => {
  const required = createRequire(import.meta.url)("zeromq/draft");
  assert.equal(zmq.capability.draft, true);
  assert.deepEqual(Object.keys(required).sort(), [...names].sort());
  names.forEach((name, i) => {
    const socket = new draft[name]();
    assert.ok(socket instanceof zmq.Socket);
    assert.equal(required[name], draft[name]);
    assert.equal(socket.type, 12 + i);
    assert.equal(socket.threadSafe, name !== "Datagram");
    socket.close();
  });
  for (const name of ["Radio", "Scatter"]) assert.equal(new draft[name]().receive, undefined);
});

for (const transport of Object.keys(addresses)) {
  test(`clients and a server over ${transport}`, async () => {
    const [server, a] = await pair("Server", "Client", transport);
    const b = new draft.Client({ linger: 0 });
    b.connect(server.lastEndpoint);
    const serving = (async () => {
      for await (const [text, { routingId }] of server) {
        assert.ok(Buffer.isBuffer(text));
        await server.send(`${routingId} ${text}`, { routingId });
      }
    })();
    const ids = [];
    for (const client of [a, b, a, b]) {
      const waits = client.receive();
      await client.send("hello");
      const parts = await waits;
      assert.equal(parts.length, 1);
      const [id, text] = String(parts[0]).split(" ");
      assert.equal(text, "hello");
      ids.push(id);
    }
    assert.deepEqual([ids[0], ids[1]], [ids[2], ids[3]]);
    assert.notEqual(ids[0], ids[1]);
    close(server, a, b);
    await serving;
  });

  test(`groups over ${transport}`, async () => {
    const [dish, radio] = await pair("Dish", "Radio", transport);
    const binary = Buffer.from([0xf6, 0x46, 0x1f, 0x80]);
    dish.join("text \u00fc", binary, Buffer.from("ba\0fo"), "cut\0here");
    dish.leave("cut");
    const expected = [["text \u00fc", Buffer.from("text \u00fc")], [binary, binary], [new Uint8Array(Buffer.from("ba")), Buffer.from("ba")]];
    for (const [sent, group] of expected) {
      const waits = dish.receive();
      const sending = setInterval(() => Promise.all([radio.send("nobody", { group: "cut" }), radio.send("x", { group: sent })]), 2);
      const [text, about, ...rest] = await waits;
      clearInterval(sending);
      assert.deepEqual([String(text), about, rest], ["x", { group }, []]);
      assert.ok(Buffer.isBuffer(text) && Buffer.isBuffer(about.group));
      await new Promise((resolve) => setImmediate(resolve));
      while (dish.readable) await dish.receive();
      await drain(dish, radio);
    }
    close(dish, radio);
  });

  test(`scatter and gather over ${transport}`, async () => {
    const [gather, scatter] = await pair("Gather", "Scatter", transport);
    const waits = gather.receive();
    for (const text of ["a", "b", Buffer.alloc(100_000, "c")]) await scatter.send(text);
    assert.deepEqual((await waits).map(String), ["a"]);
    assert.deepEqual((await gather.receive()).map(String), ["b"]);
    assert.equal((await gather.receive())[0].length, 100_000);
    close(gather, scatter);
  });
}

// Receives earlier messages to a group, up to a later one.
async function drain(dish, radio) {
  dish.join("end");
  await radio.send("end", { group: "end" });
  const sending = setInterval(() => radio.send("end", { group: "end" }), 2);
  for await (const [, { group }] of dish) {
    if (String(group) === "end") break;
  }
  clearInterval(sending);
  dish.leave("end");
}

test("packets", async () => {
  const datagram = new draft.Datagram({ linger: 0 });
  const client = createSocket("udp4");
  await new Promise((resolve) => client.bind(0, "127.0.0.1", resolve));
  const free = createSocket("udp4");
  await new Promise((resolve) => free.bind(0, "127.0.0.1", resolve));
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  await datagram.bind(`udp://127.0.0.1:${port}`);
  const answer = new Promise((resolve) => client.once("message", resolve));
  const echoing = (async () => {
    for await (const [from, content] of datagram) {
      if (datagram.closed) return; // while another packet came
      assert.equal(String(content), "packet");
      await datagram.send([from, "answer"]);
    }
  })();
  const sending = setInterval(() => client.send("packet", port, "127.0.0.1"), 2); // libzmq binds in the background
  assert.equal(String(await answer), "answer");
  clearInterval(sending);
  client.close();
  datagram.close();
  await echoing;
});

test("what is refused", async () => {
  const server = new draft.Server(), radio = new draft.Radio(), dish = new draft.Dish();
  await server.bind("inproc://refusing");
  await assert.rejects(server.send("x", { routingId: 12345 }), { code: "EHOSTUNREACH", message: "Host unreachable" });
  assert.throws(() => server.send("x"), { name: "TypeError", message: "Options must be an object" });
  assert.throws(() => server.send(), { name: "TypeError", message: "Message must be present" });
  assert.throws(() => server.send("x", {}, 1), { name: "TypeError", message: "Expected 2 arguments but received 3" });
  assert.throws(() => server.send("x", {}), { name: "TypeError", message: "Routing id must be a number" });
  await assert.rejects(server.send("x", { routingId: 0 }), RangeError);
  await assert.rejects(server.send(["x", "y"], { routingId: 1 }), { code: "EINVAL" });
  for (const group of [undefined, 5, {}, null]) {
    assert.throws(() => radio.send("x", { group }), { name: "TypeError", message: "Group must be a string or buffer" });
    assert.throws(() => dish.join(group), { name: "TypeError", message: "Group must be a string or buffer" });
  }
  await assert.rejects(radio.send("x", { group: "g".repeat(256) }), RangeError);
  assert.throws(() => dish.join("g".repeat(256)), RangeError);
  dish.join("a");
  assert.throws(() => dish.join("a"), { code: "EINVAL" });
  assert.throws(() => dish.leave("b"), { code: "EINVAL" });
  assert.throws(() => server.receive(1), { message: "Expected 0 arguments but received 1" });
  assert.throws(() => draft.Server.prototype.receive.call({}), { code: "EINVAL" });
  await assert.rejects(new draft.Client().send(["x", "y"]), { code: "EINVAL" });
  const waits = server.receive();
  assert.throws(() => server.receive(), { code: "EBUSY" });
  const ended = assert.rejects(waits, { code: "EAGAIN" });
  server.close();
  await ended;
  dish.close();
  assert.throws(() => dish.join("c"), { code: "EBADF" });
  radio.close();
});

test("what waits to be sent does not change", async () => {
  const client = new draft.Client({ linger: 0 });
  const bytes = Buffer.from("before");
  const sent = client.send(bytes);
  assert.throws(() => client.send("y"), { code: "EBUSY" });
  bytes.write("after!");
  const server = new draft.Server({ linger: 0 });
  await server.bind("inproc://unchanged");
  client.connect("inproc://unchanged");
  await sent;
  assert.equal(String((await server.receive())[0]), "before");
  close(client, server);
});

test("a server waits for a client that is full", async () => {
  const server = new draft.Server({ linger: 0, sendHighWaterMark: 1 }), client = new draft.Client({ linger: 0, receiveHighWaterMark: 1 });
  await server.bind("inproc://full");
  client.connect("inproc://full");
  await client.send("hello");
  const [, to] = await server.receive();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const sends = [];
  for (let waits = false; !waits;) {
    const bytes = Buffer.from("before");
    waits = true;
    sends.push(server.send(bytes, to).then(() => { waits = false; }));
    for (let i = 0; i < 5; i++) await turn();
    bytes.write("after!");
  }
  assert.throws(() => server.send("x", to), { code: "EBUSY" });
  for (const _ of sends) assert.equal(String(await client.receive()), "before");
  await Promise.all(sends);
  close(server, client);
});
