"use strict";
module.exports = require("./addon.js").zmq;
