import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLIN);
context.shutdown();
throws(() => poller.wait(1000), { name: "Error", code: "ETERM" }, "wait()");
plan();
