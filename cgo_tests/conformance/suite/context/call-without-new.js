import * as zmq from "zmq";
import { plan, throws } from "../tap.js";

throws(() => zmq.Context(), { name: "TypeError" }, "Context() without new");
plan();
