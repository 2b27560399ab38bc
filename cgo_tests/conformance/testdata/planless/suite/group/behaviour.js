import * as zmq from "zmq";
import { equal } from "../../../../suite/tap.js";

equal(zmq.PAIR, 0, "before");
