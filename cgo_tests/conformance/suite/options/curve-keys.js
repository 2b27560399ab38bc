import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
const key = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
const names = ["CURVE_PUBLICKEY", "CURVE_SECRETKEY", "CURVE_SERVERKEY"];
names.forEach((name) => {
  equal(socket.setsockopt(zmq[name], key), 0, "setsockopt() of " + name);
  equal(socket.getsockopt(zmq[name]), key, name);
  equal(socket.getsockopt_str(zmq[name]), key, name + " as a string");
});
throws(() => socket.setsockopt(zmq.CURVE_PUBLICKEY, "too short"), { code: "EINVAL" }, "no key");
socket.close();
plan();
