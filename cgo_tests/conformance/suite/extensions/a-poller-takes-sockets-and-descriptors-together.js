import * as zmq from "zmq";
import { deepEqual, plan } from "../tap.js";

const context = new zmq.Context();
const socket = context.socket(zmq.PUB);
const other = context.socket(zmq.PAIR);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT, "socket");
poller.add(other.fd, zmq.POLLOUT, "descriptor");
const seen = poller.wait_all(5, 1000).map((event) => event.user_data).sort();
deepEqual(seen, ["descriptor", "socket"], "both are reported");
plan();
