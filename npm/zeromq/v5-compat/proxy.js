"use strict";
// Passes messages on between two sockets that emit them.

// The part of a message that the capture socket gets, by the types of the two sockets.
const captured = {
  "push/pull": (parts) => parts,
  "pull/push": (parts) => parts,
  "xpub/xsub": (parts) => parts,
  "router/dealer": (parts) => parts.slice(2),
  "xrep/xreq": (parts) => parts.slice(2),
};

function proxy(frontend, backend, capture) {
  const select = captured[`${frontend.type}/${backend.type}`];
  if (select === undefined) {
    throw new Error("This socket type order is not supported in compatibility mode");
  }
  frontend.on("message", (...parts) => backend.send(parts));
  backend.on("message", (...parts) => {
    frontend.send(parts);
    capture?.send(select(parts));
  });
}

module.exports = { proxy };
