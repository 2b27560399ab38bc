import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
const value = BigInt(2) ** BigInt(100);
poller.add(socket, zmq.POLLOUT, value);
equal(poller.poll().user_data, value, "beyond 64 bits");
plan();
