// If an engine runs a script's finalizers during a call, they may use the objects of that call, and objects
// that are collected together with them.
import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

function ready(context, i) {
  const pull = context.socket(zmq.PULL);
  const push = context.socket(zmq.PUSH);
  pull.bind("inproc://" + i);
  push.connect("inproc://" + i);
  push.send("x");
  return pull;
}

// A poller whose entries change during the conversion of its events to values.
const context = new zmq.Context();
const poller = new zmq.Poller();
for (let i = 0; i < 4; i++) {
  poller.add(ready(context, i), zmq.POLLIN, i);
}
let added = 0;
for (let i = 0; i < 400; i++) {
  Duktape.fin({}, () => {
    if (added < 100) {
      poller.add(context.socket(zmq.PULL), zmq.POLLIN, "added " + added++);
      poller.poll_all(1);
    }
  });
  const kept = {};
  kept.self = kept; // a cycle: it waits for a collection
  Duktape.fin(kept, () => {
    if (added < 100) {
      poller.add(context.socket(zmq.PULL), zmq.POLLIN, "added " + added++);
    }
  });
  const events = i % 2 === 0 ? poller.poll_all(4) : poller.wait_all(4, 0);
  ok(events.length === 4 && events.every((event) => event.events === zmq.POLLIN), "events " + i);
}
Duktape.gc();
equal(added, 100, "entries were added meanwhile");

// A poller and its sockets, a socket and its monitor, that are collected together.
let used = 0;
function use(f) {
  try {
    f();
  } catch (error) {
    ok(error instanceof Error, "an Error");
  }
  used++;
}
function drop(i) {
  const cycle = { poller: new zmq.Poller(), pull: ready(context, "cycle" + i) };
  cycle.monitor = cycle.pull.monitor();
  cycle.pull.bind("tcp://127.0.0.1:*");
  cycle.poller.add(cycle.pull, zmq.POLLIN, cycle);
  cycle.poller.add(cycle.monitor, zmq.POLLIN, cycle);
  cycle.poller.cycle = cycle.pull.cycle = cycle.monitor.cycle = cycle;
  Duktape.fin(cycle, (object) => {
    use(() => object.poller.poll());
    use(() => object.poller.poll_all(2));
    use(() => object.poller.size());
    use(() => object.monitor.recv(zmq.DONTWAIT));
    use(() => object.pull.monitor());
    use(() => object.pull.recv(zmq.DONTWAIT));
    use(() => object.poller.remove(object.pull));
  });
}
for (let i = 0; i < 20; i++) {
  drop(i);
}
Duktape.gc();
Duktape.gc();
equal(used, 20 * 7, "the finalizers have run");
plan();
