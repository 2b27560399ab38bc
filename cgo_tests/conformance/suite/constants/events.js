import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.EVENT_CONNECTED, 1, "EVENT_CONNECTED");
equal(zmq.EVENT_LISTENING, 8, "EVENT_LISTENING");
equal(zmq.EVENT_ACCEPTED, 32, "EVENT_ACCEPTED");
equal(zmq.EVENT_DISCONNECTED, 512, "EVENT_DISCONNECTED");
equal(zmq.EVENT_ALL, 65535, "EVENT_ALL");
plan();
