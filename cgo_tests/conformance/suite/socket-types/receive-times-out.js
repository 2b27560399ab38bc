import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const pull = new zmq.Context().socket(zmq.PULL);
pull.bind("inproc://pull");
pull.setsockopt(zmq.RCVTIMEO, 20);
const start = Date.now();
equal(pull.recv(), undefined, "recv()");
equal(pull.recv_str(), undefined, "recv_str()");
equal(pull.recv_int(), undefined, "recv_int()");
equal(pull.recv_bigint(), undefined, "recv_bigint()");
equal(pull.recv_uint8ffarray(), undefined, "recv_uint8ffarray()");
ok(Date.now() - start >= 90, "each has waited");
plan();
