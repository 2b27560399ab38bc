import * as zmq from "zmq";
import { equal, plan, throws } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
throws(() => socket.bind("ipc://" + "p".repeat(108)), { name: "Error", code: "ENAMETOOLONG" }, "108 bytes");
throws(() => socket.connect("ipc://" + "p".repeat(108)), { name: "Error", code: "ENAMETOOLONG" }, "connect too");
equal(socket.bind("ipc://" + "p".repeat(100)), 0, "100 bytes are not too long");
plan();
