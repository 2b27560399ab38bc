"use strict";
// Loads the addon that was built for this platform.
const directory = `./prebuilt/${process.platform}-${process.arch}`;
try {
  module.exports = require(`${directory}/zmqjs.node`);
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_DLOPEN_FAILED") {
    throw error;
  }
  throw new Error(
    `zmqjs has no addon that works on ${process.platform}-${process.arch} (it needs Linux with glibc): ${error.message}`,
    { cause: error },
  );
}
