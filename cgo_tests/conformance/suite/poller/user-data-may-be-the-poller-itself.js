import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT, poller);
equal(poller.poll().user_data, poller, "a cycle");
plan();
