"use strict";
// Loads the addon that was built for this platform. It lies beside this file; where a bundler has put this file
// elsewhere, it is that of the package that is installed, which is looked for from the bundle on.
const { createRequire } = require("./builtin.js").module;

const file = `prebuilt/${process.platform}-${process.arch}/zmqjs.node`;
const from = createRequire(typeof __filename === "string" ? __filename : process.argv[1]);

function load() {
  let failed;
  for (const name of [`./${file}`, `zmqjs/${file}`]) {
    try {
      return from(name);
    } catch (error) {
      if (!["MODULE_NOT_FOUND", "ERR_DLOPEN_FAILED", "ERR_PACKAGE_PATH_NOT_EXPORTED"].includes(error.code)) {
        throw error;
      }
      failed = error.code === "ERR_DLOPEN_FAILED" ? error : failed ?? error;
    }
  }
  throw new Error(
    `zmqjs has no addon that works on ${process.platform}-${process.arch} (it needs Linux with glibc): ${failed.message}`,
    { cause: failed },
  );
}

module.exports = load();
