// Sets options of every socket type to values at their limits, and prints the results. Its
// arguments: NAME=NUMBER of the options, then "--", then the values.
import * as zmq from "zmq";
import { fromHex, toHex } from "./hex.js";

const separator = scriptArgs.indexOf("--");
const options = scriptArgs.slice(1, separator).map((option) => option.split("="));
const values = scriptArgs.slice(separator + 1);
const types = "PAIR PUB SUB REQ REP DEALER ROUTER PULL PUSH XPUB XSUB STREAM".split(" ");
const keys = ["CURVE_PUBLICKEY", "CURVE_SECRETKEY", "CURVE_SERVERKEY"];

function value(text) {
  if (text === "null") return null;
  const [form, hex] = text.split(":");
  const bytes = hex === "" ? new Uint8Array(0) : fromHex(hex)[0];
  return form === "bytes" ? bytes : String.fromCharCode(...bytes);
}

function attempt(f) {
  try {
    return f();
  } catch (error) {
    return error.code;
  }
}

function read(socket, name, number) {
  return keys.includes(name)
    ? socket.getsockopt_str(number)
    : toHex([socket.getsockopt_uint8ffarray(number)]);
}

const context = new zmq.Context();
for (const type of types) {
  for (const [name, number] of options) {
    const socket = context.socket(zmq[type]);
    for (const [i, text] of values.entries()) {
      const set = attempt(() => socket.setsockopt(Number(number), value(text)));
      const got = attempt(() => read(socket, name, Number(number)));
      console.log(type, name, i, set, got, socket.getsockopt_int(zmq.MECHANISM));
    }
    socket.close(0);
  }
}
context.term();
