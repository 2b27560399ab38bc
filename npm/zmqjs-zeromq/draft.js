"use strict";
module.exports = require("zmqjs/zeromq/draft");
