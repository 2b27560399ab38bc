// Exits by process.exit() at the place named by the first argument, during waits and after
// operations.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.ZMQJS_NPM_ROOT}/`);
const zmq = require("zmqjs");
const promises = require("zmqjs/promises");

const context = new zmq.Context();
const [a, b] = [context.socket(zmq.PAIR), context.socket(zmq.PAIR)];
a.bind("tcp://127.0.0.1:*");
b.connect(a.last_endpoint);
const alone = context.socket(zmq.PULL);
const monitor = alone.monitor();
const poller = new zmq.Poller();
poller.add(b, zmq.POLLIN);
const exit = () => process.exit(3);
const later = (action) => setTimeout(action, 2);

const ways = {
  "a receive that waits": () => (later(() => a.send("x")), promises.recv(b).then(exit)),
  "a receive at once": async () => {
    a.send("x");
    await promises.readable(b);
    await promises.recv_str(b);
    exit();
  },
  "a receive that is refused": () => (later(() => alone.close()), promises.recv(alone).catch(exit)),
  "a receive that is withdrawn": () => promises.recv(alone, { signal: AbortSignal.timeout(1) }).catch(exit),
  "a receive whose time is up": () => promises.recv(alone, { timeout: 1 }).then(exit),
  "a listener of abort": () => {
    const controller = new AbortController();
    void promises.recv(alone, { signal: controller.signal }).catch(() => {});
    controller.signal.addEventListener("abort", exit);
    later(() => controller.abort());
  },
  "a send": () => promises.send(a, "x").then(exit),
  "a send that waits": () => {
    const push = context.socket(zmq.PUSH);
    later(() => push.bind("inproc://late"));
    later(() => alone.connect("inproc://late"));
    return promises.send(push, "x").then(exit);
  },
  "a large send": () => promises.send(a, new Uint8Array(1 << 20)).then(exit),
  "an iteration": async () => {
    later(() => a.send("x"));
    for await (const _ of b) exit();
  },
  "an iteration of a monitor": async () => {
    later(() => alone.bind("tcp://127.0.0.1:*"));
    for await (const _ of monitor) exit();
  },
  "a poller": () => (later(() => a.send("x")), promises.wait(poller, -1).then(exit)),
  "a readable socket": () => (later(() => a.send("x")), promises.readable(b).then(exit)),
  "a writable socket": () => promises.writable(a).then(exit),
  "a proxy that runs": () => (later(exit), promises.proxy(a, alone)),
  "a proxy that ends": () => (later(() => a.close()), promises.proxy(a, alone).catch(exit)),
  "a context that ends": () => {
    const own = new zmq.Context();
    return promises.term(own).then(exit);
  },
  "a getter during a send": () => a.send_multipart(Object.defineProperty(["x"], 1, { get: exit, enumerable: true })),
};

if (process.argv[2] === "list") {
  console.log(Object.keys(ways).join("\n"));
  process.exit(0);
}
void ways[process.argv[2]]();
