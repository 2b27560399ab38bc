import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
equal(poller.add(socket, 0), 0, "0 is accepted");
equal(poller.poll(), null, "and nothing is reported");
plan();
