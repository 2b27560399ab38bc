import { exchange } from "../exchange.js";
import { ok, plan } from "../tap.js";

exchange(
  "ws://127.0.0.1:*/path",
  (endpoint) => ok(/^ws:\/\/127\.0\.0\.1:[1-9][0-9]*\/path$/.test(endpoint), "a port was chosen")
);
plan();
