// An empty string or buffer is a value, which libzmq may refuse; only null turns security off.
import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
const empty = [
  ["a string", ""],
  ["bytes", new Uint8Array(0)],
  ["a part of a buffer", new Uint8Array(4).subarray(2, 2)],
];

socket.setsockopt(zmq.PLAIN_SERVER, 1);
for (const option of ["PLAIN_USERNAME", "PLAIN_PASSWORD", "TCP_ACCEPT_FILTER", "SOCKS_PROXY", "ZAP_DOMAIN"]) {
  for (const [name, value] of empty) {
    throws(
      () => socket.setsockopt(zmq[option], value),
      { name: "Error", code: "EINVAL", message: new RegExp(option) },
      option + ", " + name,
    );
    equal(socket.getsockopt_int(zmq.MECHANISM), zmq.PLAIN, "security stays");
  }
}
socket.setsockopt(zmq.PLAIN_PASSWORD, null);
equal(socket.getsockopt_int(zmq.MECHANISM), zmq.NULL, "null turns it off");

socket.setsockopt(zmq.TCP_ACCEPT_FILTER, "10.0.0.1");
throws(() => socket.setsockopt(zmq.TCP_ACCEPT_FILTER, ""), { code: "EINVAL" }, "filters are not removed by it");
equal(socket.setsockopt(zmq.TCP_ACCEPT_FILTER, null), 0, "null removes the filters");
socket.setsockopt(zmq.SOCKS_PROXY, "127.0.0.1:1080");
throws(() => socket.setsockopt(zmq.SOCKS_PROXY, ""), { code: "EINVAL" }, "an empty SOCKS_PROXY");
equal(socket.getsockopt_str(zmq.SOCKS_PROXY), "127.0.0.1:1080", "the proxy is unchanged");
socket.setsockopt(zmq.SOCKS_PROXY, null);
equal(socket.getsockopt_str(zmq.SOCKS_PROXY), "", "null removes the proxy");
socket.close();

const subscriber = context.socket(zmq.SUB);
equal(subscriber.setsockopt(zmq.SUBSCRIBE, null), 0, "null subscribes to everything");
equal(subscriber.setsockopt(zmq.UNSUBSCRIBE, ""), 0, "as an empty string does");
equal(subscriber.setsockopt(zmq.SUBSCRIBE, new Uint8Array(0)), 0, "empty bytes subscribe to everything");
subscriber.close();
context.term();
plan();
