"use strict";
// The descriptor of a source, watched by the addon.
const { open, arm, disarm, close } = require("./addon.js");

class Descriptor {
  constructor(source, number) {
    this.watch = open(source.fd, number);
  }

  arm() {
    arm(this.watch);
  }

  disarm() {
    disarm(this.watch);
  }

  close() {
    close(this.watch);
  }
}

module.exports = { Descriptor };
