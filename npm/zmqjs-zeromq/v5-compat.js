"use strict";
module.exports = require("zmqjs/zeromq/v5-compat");
