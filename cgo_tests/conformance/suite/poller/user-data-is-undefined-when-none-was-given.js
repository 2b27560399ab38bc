import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PUB);
const poller = new zmq.Poller();
poller.add(socket, zmq.POLLOUT);
const event = poller.poll();
equal(event.user_data, undefined, "user_data");
ok("user_data" in event, "the property is there");
plan();
