"use strict";
// The API of npm's zeromq 5, as zeromq 6 has it for older programs.
const { context, curveKeyPair, version } = require("./index.js");
const { shortNames } = require("./v5-compat/options.js");
const { proxy } = require("./v5-compat/proxy.js");
const { Socket, createSocket } = require("./v5-compat/socket.js");

/** The options of the default context. */
class Context {
  static setMaxThreads(count) {
    context.ioThreads = count;
  }

  static getMaxThreads() {
    return context.ioThreads;
  }

  static setMaxSockets(count) {
    context.maxSockets = count;
  }

  static getMaxSockets() {
    return context.maxSockets;
  }

  constructor() {
    throw new Error("Context cannot be instantiated in compatibility mode");
  }
}

function curveKeypair() {
  const { publicKey, secretKey } = curveKeyPair();
  return { public: publicKey, secret: secretKey };
}

module.exports = {
  ...require("./v5-compat/constants.js"),
  Context,
  Socket,
  createSocket,
  curveKeypair,
  options: shortNames,
  proxy,
  socket: createSocket,
  version,
};
// As in index.js.
Object.defineProperty(module.exports, "__esModule", { value: true });
Object.defineProperty(module.exports, "default", { value: module.exports });
