import * as zmq from "zmq";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const authenticator = new zmq.Authenticator(context);
authenticator.add_plain("admin", "right");
authenticator.add_plain("guest", "right", "other domain");
const server = context.socket(zmq.PULL);
server.setsockopt(zmq.PLAIN_SERVER, 1);
server.setsockopt(zmq.ZAP_DOMAIN, "domain");
server.setsockopt(zmq.RCVTIMEO, 5000);
server.bind("tcp://127.0.0.1:*");

function client(username, password) {
  const made = context.socket(zmq.PUSH);
  made.setsockopt(zmq.LINGER, 0);
  made.setsockopt(zmq.PLAIN_USERNAME, username);
  made.setsockopt(zmq.PLAIN_PASSWORD, password);
  made.connect(server.last_endpoint);
  made.send(username + " " + password);
  return made;
}

const refused = [client("admin", "wrong"), client("guest", "right"), client("nobody", "right")];
const admin = client("admin", "right");
const message = server.recv_message(["User-Id", "Peer-Address", "Socket-Type", "Unheard-Of"]);
deepEqual(message.properties, ["admin", "127.0.0.1", "PUSH", null], "the message of the one who may");
server.setsockopt(zmq.RCVTIMEO, 300);
equal(server.recv(), undefined, "the others send nothing");
authenticator.add_plain("guest", "right", "domain");
server.setsockopt(zmq.RCVTIMEO, 5000);
const guest = client("guest", "right");
equal(server.recv_str(), "guest right", "who is added may too");
refused.concat([admin, guest, server]).forEach((socket) => socket.close());
context.term();
plan();
