import { exchange } from "../exchange.js";
import { ok, plan } from "../tap.js";

exchange(
  "ipc://*",
  (endpoint) => ok(/^ipc:\/\/.+/.test(endpoint) && endpoint !== "ipc://*", "a name was chosen")
);
plan();
