// Pollers: their entries, and the events that they find.
import * as zmq from "zmq";
import { attempt, fail, refuses, returns, same } from "./check.js";
import * as links from "./links.js";
import { below, oneIn, pick } from "./random.js";
import * as wild from "./wild.js";
import { world } from "./world.js";

export function newPoller() {
  world.pollers.push({ poller: new zmq.Poller(), entries: [] });
}

function isIn(entry) {
  return entry.record.state !== "closed";
}

function clean(poller) {
  poller.entries = poller.entries.filter(isIn);
  same(poller.poller.size(), poller.entries.length, "size()");
}

function entryOf(poller, record) {
  return poller.entries.filter((entry) => entry.record === record)[0];
}

function userData(poller, record) {
  const value = below(5);
  return [undefined, poller.poller, record.socket, { record: value }, "text"][value];
}

export function add(poller, record) {
  const events = pick([zmq.POLLIN, zmq.POLLIN, zmq.POLLOUT, zmq.POLLIN | zmq.POLLOUT, 0]);
  const data = userData(poller, record);
  clean(poller);
  if (record.state === "closed") {
    refuses(() => poller.poller.add(record.socket, events), "ENOTSOCK", "add() of a closed socket");
  } else if (entryOf(poller, record)) {
    refuses(() => poller.poller.add(record.socket, events, data), "EINVAL", "add() a second time");
  } else {
    returns(() => poller.poller.add(record.socket, events, data), 0, "add()");
    poller.entries.push({ record, events, data });
  }
  clean(poller);
}

export function modify(poller, record) {
  const events = pick([zmq.POLLIN, zmq.POLLOUT, 0]);
  clean(poller);
  const entry = entryOf(poller, record);
  if (!entry) {
    refuses(() => poller.poller.modify(record.socket, events), record.state === "closed" ? "ENOTSOCK" : "EINVAL", "modify() of a stranger");
    return;
  }
  returns(() => poller.poller.modify(record.socket, events), 0, "modify()");
  entry.events = events;
}

export function remove(poller, record) {
  clean(poller);
  const entry = entryOf(poller, record);
  if (!entry) {
    refuses(() => poller.poller.remove(record.socket), record.state === "closed" ? "ENOTSOCK" : "EINVAL", "remove() of a stranger");
    return;
  }
  returns(() => poller.poller.remove(record.socket), 0, "remove()");
  poller.entries = poller.entries.filter((other) => other !== entry);
  clean(poller);
}

// look polls without waiting. take: it receives from readable sockets.
export function look(poller) {
  const all = oneIn(2);
  const zero = oneIn(2);
  const take = oneIn(2);
  clean(poller);
  const p = poller.poller;
  const count = poller.entries.length + 1;
  const ask = all ? () => (zero ? p.wait_all(count, 0) : p.poll_all(count)) : () => (zero ? p.wait(0) : p.poll());
  const shut = poller.entries.filter((entry) => entry.record.state === "shut" || entry.record.unsure);
  const before = poller.entries.map((entry) => links.hasInput(entry.record));
  const got = attempt(ask, shut.length > 0 ? ["ETERM"] : [], "a poller");
  if (got.code !== undefined) {
    return;
  }
  const events = got.value === null ? [] : all ? got.value : [got.value];
  const seen = [];
  events.forEach((event) => seen.push(checkEvent(poller, event, seen)));
  poller.entries.forEach((entry, i) => {
    const found = seen.indexOf(entry) >= 0;
    const readable = found && (events[seen.indexOf(entry)].events & zmq.POLLIN) !== 0;
    if ((entry.events & zmq.POLLIN) === 0 || entry.record.state !== "open") {
      return;
    }
    if (readable && before[i] === false) {
      fail("a poller finds input of " + entry.record.type + ", which has none");
    }
    if (before[i] === true && !readable && (all || events.length === 0)) {
      fail("a poller does not find input of " + entry.record.type);
    }
  });
  events.forEach((event, i) => {
    const record = seen[i].record;
    if ((event.events & zmq.POLLIN) === 0 || record.state !== "open") {
      return;
    }
    if (take && record.link === null) {
      wild.receive(record, true);
    }
  });
}

function checkEvent(poller, event, seen) {
  const entry = poller.entries.filter((other) => other.record.socket === event.socket)[0];
  if (!entry && event.socket instanceof zmq.Socket && poller.entries.some((other) => other.record.state === "dropped")) {
    return { record: { state: "dropped" } };
  }
  if (!entry || seen.indexOf(entry) >= 0) {
    fail("a poller finds a socket that is not in it, or twice");
  }
  if (event.events === 0 || (event.events & ~entry.events) !== 0) {
    fail("a poller finds events " + event.events + " where " + entry.events + " were asked for");
  }
  same(event.user_data, entry.data, "user_data");
  return entry;
}

export function empty(poller) {
  if (typeof Symbol === "function" && typeof poller.poller[Symbol.dispose] === "function") {
    poller.poller[Symbol.dispose]();
    poller.entries = [];
    clean(poller);
  }
}

// forget drops the references to sockets: the poller has its own.
export function forgetDropped() {
  world.pollers.forEach((poller) => poller.entries.forEach((entry) => {
    if (entry.record.state === "dropped") {
      entry.data = undefined;
    }
  }));
}
