"use strict";
// On systems where a poller has no descriptor of its own, those of its entries are watched, so these are noted.
const { zmq, open, arm, disarm, close } = require("./addon.js");
const { POLLIN, POLLOUT, Socket } = zmq;

const areWatched = process.platform !== "linux";

const noted = new WeakMap(); // by poller: the events of each socket and descriptor

// What a method of a poller has changed.
const notes = {
  add: (entries, [source, events]) => entries.set(source, events),
  modify: (entries, [source, events]) => entries.set(source, events),
  remove: (entries, [source]) => entries.delete(source),
  clear: (entries) => entries.clear(),
};

function note(key, poller, given) {
  let entries = noted.get(poller);
  if (entries === undefined) {
    entries = new Map();
    noted.set(poller, entries);
  }
  notes[key](entries, given);
}

// The events of a descriptor that are to be told, as addon.js has them. That of a socket becomes readable for any.
function watchedEvents(source, events = POLLIN) {
  return source instanceof Socket ? 1 : ((events & POLLIN) !== 0 ? 1 : 0) | ((events & POLLOUT) !== 0 ? 2 : 0);
}

// In place of a Descriptor.
class Entries {
  constructor(poller, number) {
    this.each = [];
    for (const [source, events] of noted.get(poller) ?? []) {
      const isSocket = source instanceof Socket;
      if (!isSocket || !source.closed) {
        this.each.push(open(isSocket ? source.fd : source, number, watchedEvents(source, events)));
      }
    }
  }

  arm() {
    this.each.forEach(arm);
  }

  disarm() {
    this.each.forEach(disarm);
  }

  close() {
    this.each.forEach(close);
  }
}

module.exports = { Entries, areWatched, note, noted: Object.keys(notes) };
