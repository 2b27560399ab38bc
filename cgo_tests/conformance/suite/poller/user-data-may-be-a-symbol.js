import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
const symbol = Symbol("data");
poller.add(socket, zmq.POLLOUT, symbol);
equal(poller.poll().user_data, symbol, "the same symbol");
plan();
