import * as zmq from "zmq";
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
server.setsockopt(zmq.RCVTIMEO, 5000);
server.bind("tcp://127.0.0.1:*");

function client(own, server_key) {
  const made = context.socket(zmq.PUSH);
  made.setsockopt(zmq.LINGER, 0);
  made.setsockopt(zmq.CURVE_PUBLICKEY, own.public_key);
  made.setsockopt(zmq.CURVE_SECRETKEY, own.secret_key);
  made.setsockopt(zmq.CURVE_SERVERKEY, server_key);
  made.connect(server.last_endpoint);
  made.send("text");
  return made;
}

const refused = [client(unknown, keys.public_key), client(known, named.public_key)];
const plain = context.socket(zmq.PUSH); // without CURVE
plain.setsockopt(zmq.LINGER, 0);
plain.connect(server.last_endpoint);
const first = client(known, keys.public_key);
deepEqual(server.recv_message(["User-Id"]).properties, [known.public_key], "the id is the key");
const second = client(named, keys.public_key);
deepEqual(server.recv_message(["User-Id"]).properties, ["the named one"], "or what was said");
server.setsockopt(zmq.RCVTIMEO, 300);
equal(server.recv(), undefined, "the others send nothing");
refused.concat([plain, first, second, server]).forEach((socket) => socket.close());
context.term();
plan();
