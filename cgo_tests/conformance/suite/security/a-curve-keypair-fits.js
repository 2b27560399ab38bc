import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const keys = zmq.curve_keypair();
equal(keys.public_key.length, 40, "the public key has 40 characters");
equal(keys.secret_key.length, 40, "the secret key too");
equal(zmq.curve_public(keys.secret_key), keys.public_key, "curve_public() gives the same public key");
ok(zmq.curve_keypair().secret_key !== keys.secret_key, "the next pair is another one");
plan();
