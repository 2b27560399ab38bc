import * as zmq from "zmq";
import { deepEqual, equal, plan, throws } from "../tap.js";

const keys = zmq.curve_keypair();
equal(zmq.save_certificate("server.key", keys.public_key, keys.secret_key), 0, "saved");
deepEqual(zmq.load_certificate("server.key"), { public_key: keys.public_key, secret_key: null }, "the public one");
deepEqual(zmq.load_certificate("server.key_secret"), keys, "the secret one");
const others = zmq.curve_keypair();
zmq.save_certificate("server.key", others.public_key);
deepEqual(zmq.load_certificate("server.key"), { public_key: others.public_key, secret_key: null }, "another in its place");
deepEqual(zmq.load_certificate("server.key_secret"), keys, "the file of the secret key is unchanged");
throws(() => zmq.load_certificate("nothing"), { code: "ENOENT", message: /nothing/ }, "no such file");
throws(() => zmq.load_certificate("."), { code: "EISDIR" }, "a directory");
throws(() => zmq.load_certificate("server\0key"), { code: "EINVAL" }, "a NUL in the path");
throws(() => zmq.save_certificate("nowhere/server.key", keys.public_key), { code: "ENOENT" }, "no such directory");
throws(() => zmq.save_certificate("server.key", "no key"), { name: "RangeError" }, "no key");
throws(() => zmq.save_certificate("server.key", keys.public_key, "no key"), { name: "RangeError" }, "no secret key");
equal(zmq.load_certificate("server.key").public_key, others.public_key, "the file is unchanged");
plan();
