import * as zmq from "zmq";
import { pair } from "../pairs.js";
import { equal, ok, plan } from "../tap.js";

const { a, b, close } = pair();
b.setsockopt(zmq.RCVTIMEO, 20);
const begin = Date.now();
equal(b.recv(), undefined, "recv");
ok(Date.now() - begin >= 15, "has waited");
equal(b.recv_int(), undefined, "recv_int");
equal(b.recv_bigint(), undefined, "recv_bigint");
equal(b.recv_str(), undefined, "recv_str");
b.setsockopt(zmq.RCVTIMEO, 0);
equal(b.recv(), undefined, "recv with a timeout of 0");
close();
plan();
