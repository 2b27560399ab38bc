"use strict";
// Sends and receives of types whose messages have a routing id or a group.
const { Receiving } = require("./receiving.js");
const { Sending } = require("./sending.js");
const { errorOf } = require("./errors.js");
const { toBuffers } = require("./messages.js");
const { DONTWAIT } = require("../index.js");

/** A message is a part, and where it goes: a routing id or a group. */
class SendingTo extends Sending {
  attempt(state, { destination, part }) {
    if (Array.isArray(part)) {
      throw errorOf("EINVAL"); // they have one part
    }
    return state.native.send_to(destination, part, DONTWAIT);
  }

  keep({ destination, part }) {
    return {
      destination: typeof destination === "number" ? destination : super.keep(destination),
      part: super.keep(part),
    };
  }
}

class ReceivingFrom extends Receiving {
  attempt(state) {
    return state.native.recv_message([], DONTWAIT);
  }

  finish({ data, routing_id, group_bytes }) {
    const [part] = toBuffers([data]);
    return [part, group_bytes === undefined ? { routingId: routing_id } : { group: toBuffers([group_bytes])[0] }];
  }
}

module.exports = { receiving: new ReceivingFrom(), sending: new SendingTo() };
