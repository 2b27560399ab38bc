"use strict";
// The types of sockets. Each has the methods of its direction, and its own.
const zmq = require("../index.js");
const { checkCount } = require("./arguments.js");
const { defineOption } = require("./options.js");
const { options } = require("./socket-options.js");
const { Socket } = require("./socket.js");

class Pair extends Socket {
  constructor(values) {
    super(zmq.PAIR, values);
  }
}

class Publisher extends Socket {
  constructor(values) {
    super(zmq.PUB, values);
  }
}

class Subscriber extends Socket {
  constructor(values) {
    super(zmq.SUB, values);
  }

  subscribe(...prefixes) {
    setPrefixes(this, zmq.SUBSCRIBE, prefixes);
  }

  unsubscribe(...prefixes) {
    setPrefixes(this, zmq.UNSUBSCRIBE, prefixes);
  }
}

// None is the empty one, with which all messages begin.
function setPrefixes(socket, number, prefixes) {
  for (const prefix of prefixes.length === 0 ? [null] : prefixes) {
    socket.setStringOption(number, prefix);
  }
}

class Request extends Socket {
  constructor(values) {
    super(zmq.REQ, values);
  }
}

class Reply extends Socket {
  constructor(values) {
    super(zmq.REP, values);
  }
}

class Dealer extends Socket {
  constructor(values) {
    super(zmq.DEALER, values);
  }
}

class Router extends Socket {
  constructor(values) {
    super(zmq.ROUTER, values);
  }

  connect(address, connection) {
    connectNamed(this, address, connection, arguments);
  }
}

class Pull extends Socket {
  constructor(values) {
    super(zmq.PULL, values);
  }
}

class Push extends Socket {
  constructor(values) {
    super(zmq.PUSH, values);
  }
}

class XPublisher extends Socket {
  constructor(values) {
    super(zmq.XPUB, values);
  }

  set verbosity(value) {
    switch (value) {
      case null: // ends both
        this.setBoolOption(zmq.XPUB_VERBOSE, false);
        break;
      case "allSubs":
        this.setBoolOption(zmq.XPUB_VERBOSE, true);
        break;
      case "allSubsUnsubs":
        this.setBoolOption(zmq.XPUB_VERBOSER, true);
        break;
      default:
        throw new TypeError('Option value must be null, "allSubs", "allSubsUnsubs"');
    }
  }
}

class XSubscriber extends Socket {
  constructor(values) {
    super(zmq.XSUB, values);
  }
}

class Stream extends Socket {
  constructor(values) {
    super(zmq.STREAM, values);
  }

  connect(address, connection) {
    connectNamed(this, address, connection, arguments);
  }
}

// Connects to a peer that is known by a routing id, if one is given.
function connectNamed(socket, address, connection, given) {
  checkCount(given, 2);
  if (connection?.routingId) {
    socket.setStringOption(zmq.CONNECT_ROUTING_ID, connection.routingId);
  }
  Socket.prototype.connect.call(socket, address);
}

const types = {
  Pair, Publisher, Subscriber, Request, Reply, Dealer, Router, Pull, Push, XPublisher, XSubscriber, Stream,
};

for (const [name, type] of Object.entries(types)) {
  options[name].forEach((option) => defineOption(type.prototype, "Socket", option));
}
// They cannot receive. (libzmq refuses sends of types that cannot send.)
for (const type of [Publisher, Push]) {
  Object.defineProperty(type.prototype, "receive", { value: undefined, writable: true, configurable: true });
}

module.exports = types;
