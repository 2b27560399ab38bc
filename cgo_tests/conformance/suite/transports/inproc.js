import { exchange } from "../exchange.js";
import { equal, plan } from "../tap.js";

exchange(
  "inproc://name",
  (endpoint) => equal(endpoint, "inproc://name", "the endpoint")
);
plan();
