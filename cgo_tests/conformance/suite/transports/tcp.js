import { exchange } from "../exchange.js";
import { ok, plan } from "../tap.js";

exchange(
  "tcp://127.0.0.1:*",
  (endpoint) => ok(/^tcp:\/\/127\.0\.0\.1:[1-9][0-9]*$/.test(endpoint), "a port was chosen")
);
plan();
