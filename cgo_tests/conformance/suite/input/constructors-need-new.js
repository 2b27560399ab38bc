import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

throws(() => zmq.Context(), { name: "TypeError" }, "Context()");
throws(() => zmq.Poller(), { name: "TypeError" }, "Poller()");
throws(() => zmq.Socket(), { name: "TypeError" }, "Socket()");
throws(() => zmq.Context.call(new zmq.Context()), { name: "TypeError" }, "not even on an instance");
throws(() => new zmq.Socket(), { name: "TypeError", message: "a Socket is made by Context.socket(type)" }, "new Socket()");
plan();
