import * as zmq from "zmq";
import { client } from "../admission.js";
import { deepEqual, equal, plan } from "../tap.js";

const context = new zmq.Context();
const authenticator = new zmq.Authenticator(context);
authenticator.add_plain("admin", "right");
authenticator.add_plain("guest", "right", "other domain");
const server = context.socket(zmq.PULL);
server.setsockopt(zmq.PLAIN_SERVER, 1);
server.setsockopt(zmq.ZAP_DOMAIN, "domain");
server.bind("tcp://127.0.0.1:*");

function user(username, password) {
  return client(context, server.last_endpoint, username + " " + password, (socket) => {
    socket.setsockopt(zmq.PLAIN_USERNAME, username);
    socket.setsockopt(zmq.PLAIN_PASSWORD, password);
  });
}

const refused = [user("admin", "wrong"), user("guest", "right"), user("nobody", "right")];
const admin = user("admin", "right");
const message = server.recv_message(["User-Id", "Peer-Address", "Socket-Type", "Unheard-Of"]);
deepEqual(message.properties, ["admin", "127.0.0.1", "PUSH", null], "the message of the accepted client");
refused.forEach((peer) => peer.failed());
equal(server.recv(zmq.DONTWAIT), undefined, "the others send nothing");
authenticator.add_plain("guest", "right", "domain");
const guest = user("guest", "right");
equal(server.recv_str(), "guest right", "a user that was added is accepted");
[...refused, admin, guest, server].forEach((peer) => peer.close());
context.term();
plan();
