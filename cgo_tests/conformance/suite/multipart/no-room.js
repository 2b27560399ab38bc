import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const push = new zmq.Context().socket(zmq.PUSH);
equal(push.send_multipart(["a", "b"], zmq.DONTWAIT), undefined, "DONTWAIT");
push.setsockopt(zmq.SNDTIMEO, 20);
equal(push.send_multipart(["a", "b"]), undefined, "SNDTIMEO");
plan();
