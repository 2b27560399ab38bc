import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
let asked = 0;
const data = { get length() { asked++; return 1; }, valueOf() { asked++; return 1; }, toString() { asked++; return ""; } };
poller.add(socket, zmq.POLLOUT, data);
equal(poller.poll().user_data, data, "the same object");
equal(asked, 0, "no getter has run");
plan();
