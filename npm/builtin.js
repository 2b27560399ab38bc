"use strict";
// The host's own modules, also in a bundle that is an ECMAScript module and has no require().
const { getBuiltinModule } = process;

module.exports = {
  events: getBuiltinModule !== undefined ? getBuiltinModule("node:events") : require("node:events"),
  module: getBuiltinModule !== undefined ? getBuiltinModule("node:module") : require("node:module"),
  os: getBuiltinModule !== undefined ? getBuiltinModule("node:os") : require("node:os"),
  threads: getBuiltinModule !== undefined ? getBuiltinModule("node:worker_threads") : require("node:worker_threads"),
  types: (getBuiltinModule !== undefined ? getBuiltinModule("node:util") : require("node:util")).types,
};
