import * as zmq from "zmq";
import { client } from "../admission.js";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const authenticator = new zmq.Authenticator(context);
const keys = zmq.curve_keypair();
const [known, named, unknown] = [zmq.curve_keypair(), zmq.curve_keypair(), zmq.curve_keypair()];
authenticator.add_curve(known.public_key);
authenticator.add_curve(named.public_key, "the named one");
const server = context.socket(zmq.PULL);
server.setsockopt(zmq.CURVE_SERVER, 1);
server.setsockopt(zmq.CURVE_SECRETKEY, keys.secret_key);
server.setsockopt(zmq.ZAP_DOMAIN, "domain");
server.bind("tcp://127.0.0.1:*");

function owner(own, server_key) {
  return client(context, server.last_endpoint, "text", (socket) => {
    socket.setsockopt(zmq.CURVE_PUBLICKEY, own.public_key);
    socket.setsockopt(zmq.CURVE_SECRETKEY, own.secret_key);
    socket.setsockopt(zmq.CURVE_SERVERKEY, server_key);
  });
}

const refused = [
  owner(unknown, keys.public_key),
  owner(known, named.public_key),
  client(context, server.last_endpoint, "text"), // without CURVE
];
const first = owner(known, keys.public_key);
deepEqual(server.recv_message(["User-Id"]).properties, [known.public_key], "the id is the key");
const second = owner(named, keys.public_key);
deepEqual(server.recv_message(["User-Id"]).properties, ["the named one"], "or the name given to the key");
refused.forEach((peer) => peer.failed());
equal(server.recv(zmq.DONTWAIT), undefined, "the others send nothing");
[...refused, first, second, server].forEach((peer) => peer.close());
context.term();
plan();
