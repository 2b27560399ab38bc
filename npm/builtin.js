"use strict";
// The host's own modules, also in a bundle that is an ECMAScript module and has no require().
const { getBuiltinModule } = process;

module.exports = {
  module: getBuiltinModule !== undefined ? getBuiltinModule("node:module") : require("node:module"),
  types: (getBuiltinModule !== undefined ? getBuiltinModule("node:util") : require("node:util")).types,
  threads: getBuiltinModule !== undefined ? getBuiltinModule("node:worker_threads") : require("node:worker_threads"),
};
