import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

const context = new zmq.Context();
const rep = context.socket(zmq.REP);
const dealer = context.socket(zmq.DEALER);
rep.bind("inproc://rep");
dealer.connect("inproc://rep");
dealer.send(null, zmq.SNDMORE);
dealer.send("one");
dealer.send(null, zmq.SNDMORE);
dealer.send("two");
equal(rep.recv_str(), "one", "the first question");
rep.send("1");
equal(rep.recv_str(), "two", "the second, sent without waiting");
rep.send("2");
equal(dealer.recv().length, 0, "an empty part");
equal(dealer.recv_str(), "1", "the first answer");
plan();
