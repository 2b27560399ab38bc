"use strict";
module.exports = require("./classes.js");
