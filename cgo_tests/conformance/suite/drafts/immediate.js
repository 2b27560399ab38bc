// With IMMEDIATE a message waits for a connected peer; without it, for one that may connect later.
import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets } from "../sockets.js";

const s = sockets();
[["CLIENT", "SERVER"], ["SCATTER", "GATHER"], ["CHANNEL", "CHANNEL"]].forEach(([sending, receiving]) => {
  const endpoint = "ipc://immediate-" + sending;
  const from = s.make(zmq[sending]);
  from.setsockopt(zmq.IMMEDIATE, 1);
  from.setsockopt(zmq.RECONNECT_IVL, 10);
  from.connect(endpoint);
  equal(from.send("early", zmq.DONTWAIT), undefined, sending + ": no peer is connected");
  const to = s.make(zmq[receiving]);
  to.bind(endpoint);
  from.setsockopt(zmq.SNDTIMEO, 60000);
  equal(from.send("there"), 5, sending + ": a send waits for one");
  to.setsockopt(zmq.RCVTIMEO, 60000);
  equal(to.recv_str(), "there", sending + ": which gets the message");
  const patient = s.make(zmq[sending]);
  patient.connect("ipc://nobody-" + sending);
  equal(patient.send("early", zmq.DONTWAIT), 5, sending + ": without IMMEDIATE it is taken");
});
s.close();
plan();
