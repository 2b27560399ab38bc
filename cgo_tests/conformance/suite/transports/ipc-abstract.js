import { exchange } from "../exchange.js";
import { equal, plan } from "../tap.js";

exchange(
  "ipc://@zmqjs-conformance-name",
  (endpoint) => equal(endpoint, "ipc://@zmqjs-conformance-name", "the endpoint")
);
plan();
