import { exchange } from "../exchange.js";
import { equal, plan } from "../tap.js";

exchange(
  "ipc://name",
  (endpoint) => equal(endpoint, "ipc://name", "the endpoint")
);
plan();
