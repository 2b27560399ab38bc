// Proxies: the messages that they pass on, their commands, their end.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as zmq from "zeromq";

let number = 0;

async function make(transport) {
  number++; // closed sockets are unbound in the background
  const proxy = new zmq.Proxy(new zmq.Router({ linger: 0 }), new zmq.Dealer({ linger: 0 }));
  const address = (side) => (transport === "tcp" ? "tcp://127.0.0.1:*" : `inproc://proxy.${side}.${number}`);
  await proxy.frontEnd.bind(address("front"));
  await proxy.backEnd.bind(address("back"));
  const request = new zmq.Request({ linger: 0 }), reply = new zmq.Reply({ linger: 0 });
  request.connect(proxy.frontEnd.lastEndpoint);
  reply.connect(proxy.backEnd.lastEndpoint);
  return { proxy, request, reply };
}

async function echo(reply) {
  for await (const message of reply) await reply.send(message);
}

for (const transport of ["tcp", "inproc"]) {
  test(`requests and replies over ${transport}`, async () => {
    const { proxy, request, reply } = await make(transport);
    assert.ok(proxy.frontEnd instanceof zmq.Router);
    assert.ok(proxy.backEnd instanceof zmq.Dealer);
    const done = proxy.run();
    const echoing = echo(reply);
    for (let i = 0; i < 200; i++) {
      await request.send([String(i), "x"]);
      assert.deepEqual((await request.receive()).map(String), [String(i), "x"]);
    }
    proxy.pause();
    await request.send("paused");
    let resumed = false;
    const received = request.receive().then(([text]) => assert.deepEqual([String(text), resumed], ["paused", true]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    resumed = true;
    proxy.resume();
    await received;
    proxy.terminate();
    assert.equal(await done, undefined);
    assert.deepEqual([proxy.frontEnd.closed, proxy.backEnd.closed], [true, true]);
    assert.throws(() => proxy.terminate(), { code: "EBADF", message: "Socket is closed" });
    reply.close();
    request.close();
    await echoing;
  });
}

test("while it runs its sockets cannot be used", async () => {
  const { proxy, request, reply } = await make("inproc");
  const done = proxy.run();
  const blocked = { code: "EBUSY" };
  assert.throws(() => proxy.frontEnd.receive(), blocked);
  assert.throws(() => proxy.backEnd.send("x"), blocked);
  assert.throws(() => proxy.run(), blocked);
  proxy.frontEnd.close();
  assert.equal(proxy.frontEnd.closed, false);
  proxy.terminate();
  await done;
  assert.equal(proxy.frontEnd.closed, true);
  request.close();
  reply.close();
});

test("what is refused", async () => {
  assert.throws(() => zmq.Proxy(), { name: "TypeError", message: "Class constructors cannot be invoked without 'new'" });
  assert.throws(() => new zmq.Proxy(), { name: "TypeError", message: "Front-end must be a socket object" });
  assert.throws(() => new zmq.Proxy(new zmq.Pair()), { name: "TypeError", message: "Back-end must be a socket object" });
  assert.throws(() => new zmq.Proxy({}, {}), { code: "EINVAL", message: "Invalid argument" });
  const sockets = [new zmq.Router(), new zmq.Dealer()];
  assert.throws(() => new zmq.Proxy(...sockets, 1), { name: "TypeError", message: "Expected 2 arguments but received 3" });
  const proxy = new zmq.Proxy(...sockets);
  for (const command of ["pause", "resume", "terminate"]) assert.throws(() => proxy[command](), { code: "EBADF" });
  assert.throws(() => proxy.run(), { code: "EINVAL", message: "Front-end socket must be bound or connected" });
  await proxy.frontEnd.bind("inproc://only.front");
  assert.throws(() => proxy.run(), { code: "EINVAL", message: "Back-end socket must be bound or connected" });
  await proxy.backEnd.bind("inproc://only.back");
  proxy.frontEnd.close();
  assert.throws(() => proxy.run(), { code: "EINVAL" });
});

test("sockets of two contexts", async () => {
  const context = new zmq.Context();
  const proxy = new zmq.Proxy(new zmq.Pull(), new zmq.Push({ context, linger: 0 }));
  await proxy.frontEnd.bind("inproc://two");
  await proxy.backEnd.bind("inproc://two");
  const push = new zmq.Push({ linger: 0 }), pull = new zmq.Pull({ context });
  push.connect("inproc://two");
  pull.connect("inproc://two");
  const done = proxy.run();
  await push.send("across");
  assert.equal(String((await pull.receive())[0]), "across");
  proxy.terminate();
  await done;
  push.close();
  pull.close();
});
