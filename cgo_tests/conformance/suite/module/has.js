import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(zmq.has("ipc"), 1, "ipc is there");
equal(zmq.has("vmci"), 0, "vmci is not");
equal(zmq.has("nonsense"), 0, "what does not exist is not");
equal(zmq.has(""), 0, "nor is the empty name");
equal(zmq.has("IPC"), 0, "names are in lower case");
plan();
