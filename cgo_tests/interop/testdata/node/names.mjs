// zeromq.js's names, where they differ from libzmq's.

export const socketTypes = {
  REQ: "Request",
  REP: "Reply",
  PUB: "Publisher",
  SUB: "Subscriber",
  XPUB: "XPublisher",
  XSUB: "XSubscriber",
  PUSH: "Push",
  PULL: "Pull",
  DEALER: "Dealer",
  ROUTER: "Router",
  PAIR: "Pair",
};

const options = {
  PLAIN_SERVER: "plainServer",
  PLAIN_USERNAME: "plainUsername",
  PLAIN_PASSWORD: "plainPassword",
  CURVE_SERVER: "curveServer",
  CURVE_PUBLICKEY: "curvePublicKey",
  CURVE_SECRETKEY: "curveSecretKey",
  CURVE_SERVERKEY: "curveServerKey",
  ZAP_DOMAIN: "zapDomain",
  HEARTBEAT_IVL: "heartbeatInterval",
  HEARTBEAT_TIMEOUT: "heartbeatTimeout",
  ROUTER_MANDATORY: "mandatory",
  ROUTING_ID: "routingId",
  LINGER: "linger",
};

const booleans = ["PLAIN_SERVER", "CURVE_SERVER", "ROUTER_MANDATORY"];

export function setOption(socket, name, value) {
  if (name === "SUBSCRIBE") socket.subscribe(value);
  else if (name === "UNSUBSCRIBE") socket.unsubscribe(value);
  else if (name in options) socket[options[name]] = booleans.includes(name) ? Boolean(value) : value;
  else throw new Error(`no name for ${name}`);
}
