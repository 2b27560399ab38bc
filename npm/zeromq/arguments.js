"use strict";
// The checks of arguments at the beginning of methods.

/** Throws unless at most count values were given. */
function checkCount(given, count) {
  if (given.length > count) {
    throw new TypeError(`Expected ${count} argument${count === 1 ? "" : "s"} but received ${given.length}`);
  }
}

/** Throws if a constructor was called as a function. */
function checkNew(target) {
  if (target === undefined) {
    throw new TypeError("Class constructors cannot be invoked without 'new'");
  }
}

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/** Throws unless the options of a constructor are an object, or absent. */
function checkOptions(options) {
  if (options !== undefined && !isObject(options)) {
    throw new TypeError("Options must be an object");
  }
}

/** Throws unless an address is the only argument. */
function checkAddress(given) {
  if (typeof given[0] !== "string") {
    throw new TypeError("Address must be a string");
  }
  checkCount(given, 1);
}

module.exports = { checkAddress, checkCount, checkNew, checkOptions, isObject };
