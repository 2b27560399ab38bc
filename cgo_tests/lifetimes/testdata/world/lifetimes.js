// Runs rounds of random steps. Each round begins with nothing, and leaves nothing.
import * as zmq from "zmq";
import * as links from "./links.js";
import * as pollers from "./pollers.js";
import { below, oneIn, pick, start } from "./random.js";
import * as settings from "./settings.js";
import * as wild from "./wild.js";
import { clear, close, drop, end, newContext, openSockets, properties, shut, visitClosed, visitEnded, visitShut, world } from "./world.js";

const write = typeof console === "object" && typeof console.log === "function" ? console.log : print;
const collect = typeof gc === "function" ? gc
  : typeof Duktape === "object" ? Duktape.gc
    : typeof std === "object" ? () => std.gc() : () => undefined;

function openContexts() {
  return world.contexts.filter((home) => home.state === "open");
}

function ends(state) {
  const all = [];
  world.links.forEach((link) => [link.a, link.b].forEach((one) => one.state === state && all.push(one)));
  return all;
}

// on gives a step that needs one of something.
function on(candidates, act) {
  return () => {
    const all = candidates();
    if (all.length > 0) {
      act(pick(all));
    }
  };
}

const open = (records) => records.filter((record) => record.state === "open");
const any = () => (oneIn(3) ? openSockets().concat(world.closed) : ends("open"));

// There is always a context to make something in.
function contexts() {
  if (openContexts().length === 0) {
    newContext();
  }
  return openContexts();
}

function newLink() {
  if (world.links.length < 8) {
    links.newLink(contexts());
  }
}

function onPoller(act) {
  return () => {
    const candidates = any();
    if (world.pollers.length > 0 && candidates.length > 0) {
      act(pick(world.pollers), pick(candidates));
    }
  };
}

const steps = [
  [2, "context", () => world.contexts.length < 4 && newContext()],
  [6, "link", newLink],
  [4, "socket", () => world.wild.length < 16 && wild.newWild(contexts())],
  [30, "send", on(() => ends("open"), links.send)],
  [30, "receive", on(() => ends("open"), (one) => links.receive(one, false))],
  [4, "settle", on(() => ends("open"), links.settle)],
  [5, "bind", on(() => open(world.wild), wild.bind)],
  [6, "connect", on(() => open(world.wild), wild.connect)],
  [3, "disconnect", on(() => open(world.wild), wild.disconnect)],
  [12, "send in the wild", on(() => open(world.wild), wild.send)],
  [12, "receive in the wild", on(() => open(world.wild), (one) => wild.receive(one, false))],
  [2, "poller", () => world.pollers.length < 4 && pollers.newPoller()],
  [16, "add", onPoller(pollers.add)],
  [3, "modify", onPoller(pollers.modify)],
  [3, "remove", onPoller(pollers.remove)],
  [20, "look", on(() => world.pollers, pollers.look)],
  [1, "empty", on(() => world.pollers, pollers.empty)],
  [1, "drop a poller", on(() => world.pollers, (one) => {
    world.pollers = world.pollers.filter((other) => other !== one);
  })],
  [4, "close", on(openSockets, (one) => close(one, pick([undefined, undefined, 0, 5])))],
  [2, "drop a socket", on(openSockets, (one) => {
    drop(one);
    pollers.forgetDropped();
  })],
  [1, "drop a context", on(() => world.contexts, (one) => {
    one.context = null;
    world.contexts = world.contexts.filter((other) => other !== one);
  })],
  [3, "properties", on(any, properties)],
  [2, "visit a closed socket", on(() => world.closed, visitClosed)],
  [1, "visit an ended context", on(() => world.ended, visitEnded)],
  [1, "visit a shut socket", on(() => ends("shut").concat(world.wild.filter((one) => one.state === "shut")), visitShut)],
  [1, "shut a context down", on(() => (oneIn(3) ? openContexts() : []), shut)],
  [1, "end a context", on(() => world.contexts, (one) => end(one, oneIn(2)))],
  [1, "collect", () => collect()],
];
const weights = steps.reduce((sum, step) => sum + step[0], 0);

function choose() {
  let at = below(weights);
  return steps.filter((step) => {
    const chosen = at >= 0 && at < step[0];
    at -= step[0];
    return chosen;
  })[0];
}

function finish() {
  const way = below(3);
  if (way > 0) {
    openSockets().forEach((one) => (way === 1 || oneIn(2)) && close(one));
    world.contexts.slice().forEach((one) => end(one, way === 1));
  }
  clear();
  wild.forgetReceived();
}

function round(number) {
  start(settings.seed, number);
  [newLink, newLink, newLink, pollers.newPoller].forEach((make) => make());
  for (let i = 0; i < settings.steps; i++) {
    const step = choose();
    if (settings.trace) {
      write("step " + i + ": " + step[1]);
    }
    try {
      step[2]();
    } catch (e) {
      write("round " + number + ", step " + (i + 1) + ", " + step[1] + ": " + e.message + "\n" + e.stack);
      return false;
    }
  }
  finish();
  return true;
}

// scrub overwrites remnants on the stack, which some collectors take for references.
function scrub(depth) {
  const [a, b, c, d, e, f, g, h] = [depth, 1, 2, 3, 4, 5, 6, 7];
  return depth === 0 ? 0 : Math.max(a, b, c, d, e, f, g, h, scrub(depth - 1));
}

// tell lets the test examine the process, and collects until the test is satisfied.
function tell(control, number) {
  let answer;
  do {
    scrub(100);
    collect();
    zmq.version(); // in such calls the library releases collected objects
    control.send("" + number);
    answer = control.recv_str();
  } while (answer === "collect");
  if (answer !== "next") {
    throw new Error("the test answers " + answer);
  }
}

const context = new zmq.Context();
const control = context.socket(zmq.REQ);
control.setsockopt(zmq.RCVTIMEO, 60000);
control.setsockopt(zmq.LINGER, 0);
control.connect(settings.control);
tell(control, -1);
for (let i = 0; i < settings.rounds; i++) {
  if (!round(settings.first + i)) {
    throw new Error("failed");
  }
  tell(control, i);
}
control.close();
context.term();
write("passed");
