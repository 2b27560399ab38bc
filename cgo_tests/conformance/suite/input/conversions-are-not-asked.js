import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
let asked = 0;
const object = { valueOf() { asked++; socket.close(); return 1; }, toString() { asked++; return "x"; }, [Symbol.toPrimitive]() { asked++; return 1; } };
throws(() => socket.send(object), { name: "TypeError" }, "as data");
throws(() => socket.send("x", object), { name: "TypeError" }, "as flags");
throws(() => socket.bind(object), { name: "TypeError" }, "as an endpoint");
throws(() => socket.setsockopt(zmq.LINGER, object), { name: "TypeError" }, "as an option's value");
equal(asked, 0, "nothing of the object has run");
equal(socket.closed, false, "so the socket is open");
plan();
