import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

equal(typeof zmq.version, "function", "version is a function");
equal(typeof zmq.has, "function", "has is a function");
equal(typeof zmq.Context, "function", "Context is a constructor");
equal(typeof zmq.Socket, "function", "Socket is a class");
equal(typeof zmq.Poller, "function", "Poller is a constructor");
plan();
