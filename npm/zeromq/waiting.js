"use strict";
// What this layer takes from the package that it is made of: how it waits, and how it sends without a copy.
const { lending } = require("../addon.js");
const { areLent, copyOf, copyOfAll, isLent } = require("../lending.js");
const { proxy } = require("../proxy.js");
const { Operation, enqueue, recheck, turn, wait } = require("../waiting.js");

module.exports = { Operation, areLent, copyOf, copyOfAll, enqueue, isLent, lending, proxy, recheck, turn, wait };
