// Either type of each pair can bind, and the other one connect.
import * as zmq from "zmq";
import { equal, plan } from "../tap.js";
import { sockets, until } from "../sockets.js";

[["CLIENT", "SERVER"], ["SCATTER", "GATHER"], ["RADIO", "DISH"], ["CHANNEL", "CHANNEL"]].forEach(([sending, receiving]) => {
  [true, false].forEach((sendingBinds) => {
    const s = sockets();
    const name = sending + (sendingBinds ? " is bound" : " connects");
    const [from, to] = [s.make(zmq[sending]), s.make(zmq[receiving])];
    const [bound, connected] = sendingBinds ? [from, to] : [to, from];
    bound.bind("tcp://127.0.0.1:*");
    connected.connect(bound.last_endpoint);
    if (sending === "RADIO") {
      to.join("g");
      to.setsockopt(zmq.RCVTIMEO, 20);
      equal(until(() => {
        from.send_to("g", "message");
        return to.recv_str();
      }), "message", name);
    } else {
      from.send("message");
      equal(to.recv_str(), "message", name);
    }
    s.close();
  });
});
plan();
