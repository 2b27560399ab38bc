import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

throws(() => new zmq.Socket.prototype.send("x"), { name: "TypeError" }, "send");
throws(() => new zmq.Context.prototype.socket(0), { name: "TypeError" }, "socket");
throws(() => new zmq.version(), { name: "TypeError" }, "version");
plan();
