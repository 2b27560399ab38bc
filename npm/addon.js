"use strict";
// Loads the addon that was built for this platform, from the package @zmqjs/PLATFORM. Where a bundler has put this file
// elsewhere, that is looked for from the bundle on, and then where it is installed for the package.
const { module: { createRequire }, threads: { isMainThread } } = require("./builtin.js");

const platforms = ["linux-arm64", "linux-x64", "windows-x64"]; // the optional dependencies
const system = process.platform === "win32" ? "windows" : process.platform;
const platform = `${system}-${process.arch}`;
const name = `@zmqjs/${platform}`;
const from = createRequire(typeof __filename === "string" ? __filename : process.argv[1]);

function load() {
  let failed;
  for (const require of [from, () => createRequire(from.resolve("zmqjs/package.json"))(name)]) {
    try {
      return require(name);
    } catch (error) {
      if (!["MODULE_NOT_FOUND", "ERR_DLOPEN_FAILED"].includes(error.code)) {
        throw error;
      }
      failed = error.code === "ERR_DLOPEN_FAILED" ? error : failed ?? error;
    }
  }
  throw new Error(explain(failed), { cause: failed });
}

function explain(failed) {
  const all = `only for ${platforms.join(", ")} (on Linux with glibc 2.28 or newer, not musl)`;
  if (!platforms.includes(platform)) {
    return `zmqjs has no addon for ${platform}, ${all}`;
  }
  if (failed.code === "MODULE_NOT_FOUND") {
    return `the package ${name}, which has the addon of zmqjs for this platform, is not installed: install zmqjs on ` +
      `this platform, with its optional dependencies; there are addons ${all}`;
  }
  return `the addon of zmqjs does not load; there are addons ${all}: ${failed.message}`;
}

// Windows ends the threads of a process that exits before it tells a DLL: so sockets are closed, and what they have not
// sent is waited for, when the listeners of "exit" have run. One of them may call process.exit(), which ends at once then.
function leaveBeforeExit(leave) {
  const { emit, reallyExit } = process;
  process.emit = function (...event) {
    const heard = Reflect.apply(emit, this, event);
    if (event[0] === "exit" && process._exiting) {
      leave();
    }
    return heard;
  };
  process.reallyExit = function (...status) {
    leave();
    Reflect.apply(reallyExit, this, status);
  };
}

const addon = load();
if (system === "windows" && isMainThread) {
  leaveBeforeExit(addon.leave);
}
module.exports = addon;
