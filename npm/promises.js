"use strict";
// The promise forms of operations that may wait: each tries without waiting first.
require("./classes.js");
const { receives, ...others } = require("./receiving.js");

module.exports = {
  ...receives,
  ...others,
  ...require("./sending.js"),
  ...require("./readiness.js"),
  ...require("./messages.js"),
  ...require("./proxy.js"),
};
