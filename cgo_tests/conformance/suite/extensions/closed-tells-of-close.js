import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const socket = new zmq.Context().socket(zmq.PAIR);
equal(socket.closed, false, "before close()");
socket.close();
equal(socket.closed, true, "after it");
plan();
