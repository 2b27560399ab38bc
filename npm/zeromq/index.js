"use strict";
// The API of npm's zeromq 6.
const { Context, context } = require("./context.js");
const { capability, curveKeyPair, version } = require("./library.js");
const { Observer } = require("./observer.js");
const { Proxy } = require("./proxy.js");
const { Socket } = require("./socket.js");
const {
  Pair, Publisher, Subscriber, Request, Reply, Dealer, Router, Pull, Push, XPublisher, XSubscriber, Stream,
} = require("./types.js");

module.exports = {
  capability,
  context,
  curveKeyPair,
  version,
  Context,
  Observer,
  Proxy,
  Socket,
  Pair,
  Publisher,
  Subscriber,
  Request,
  Reply,
  Dealer,
  Router,
  Pull,
  Push,
  XPublisher,
  XSubscriber,
  Stream,
};

// TypeScript and Babel compile imports to a look at these, as with the original.
Object.defineProperty(module.exports, "__esModule", { value: true });
Object.defineProperty(module.exports, "default", { value: module.exports });
