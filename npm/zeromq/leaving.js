"use strict";
// How the process leaves where this layer is used: as zeromq it waits without end for what is not sent yet, and says
// so. ZMQJS_LEAVE_TIMEOUT sets a limit, ZMQJS_LEAVE_REPORT=0 silences it, as everywhere else in this package.
const { threads: { isMainThread } } = require("../builtin.js");
const { wait_at_exit } = require("../addon.js");

/** Takes note of whether the default context waits for its sockets (see Context.blocky). */
function leaveBlocky(blocky) {
  if (!isMainThread || process.env.ZMQJS_LEAVE_TIMEOUT !== undefined) {
    return; // a worker's sockets go on with those of the process, or end with its own limit
  }
  const hint = blocky ? " Set 'context.blocky = false' to change this behaviour." : "";
  const warning = `(node:${process.pid}) WARNING: Waiting for queued ZeroMQ messages to be delivered.${hint}\n`;
  wait_at_exit(process.env.ZMQJS_LEAVE_REPORT === "0" ? null : warning);
}

module.exports = { leaveBlocky };
