import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.SERVER, 12, "SERVER");
equal(zmq.CLIENT, 13, "CLIENT");
equal(zmq.RADIO, 14, "RADIO");
equal(zmq.DISH, 15, "DISH");
equal(zmq.GATHER, 16, "GATHER");
equal(zmq.SCATTER, 17, "SCATTER");
equal(zmq.DGRAM, 18, "DGRAM");
equal(zmq.PEER, 19, "PEER");
equal(zmq.CHANNEL, 20, "CHANNEL");
plan();
