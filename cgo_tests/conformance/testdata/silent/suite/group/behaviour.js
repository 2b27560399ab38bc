import * as zmq from "zmq";
import { plan } from "../../../../suite/tap.js";

plan();
