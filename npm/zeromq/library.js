"use strict";
// zeromq's description of the library, and CURVE's keys.
const zmq = require("../index.js");
const { call } = require("./errors.js");

const version = zmq.version().join(".");

const names = ["ipc", "pgm", "tipc", "norm", "curve", "gssapi", "draft"];
const capability = Object.fromEntries(names.map((name) => [name, zmq.has(name) === 1]));

function curveKeyPair() {
  const { public_key, secret_key } = call(zmq, "curve_keypair");
  return { publicKey: public_key, secretKey: secret_key };
}

module.exports = { capability, curveKeyPair, version };
