import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const key = new Uint8Array(32);
for (let i = 0; i < 32; i++) {
  key[i] = i;
}
equal(socket.setsockopt(zmq.CURVE_PUBLICKEY, key), 0, "32 bytes");
const text = socket.getsockopt(zmq.CURVE_PUBLICKEY);
equal(text.length, 40, "come back as text of 40 characters");
socket.setsockopt(zmq.CURVE_SECRETKEY, text);
equal(socket.getsockopt(zmq.CURVE_SECRETKEY), text, "the text is a key too");
socket.close();
plan();
