import * as zmq from "zmq";
import { equal, ok, plan } from "../tap.js";

class Mine extends zmq.Poller {
  count() {
    return this.size();
  }
}
const poller = new Mine();
ok(poller instanceof Mine && poller instanceof zmq.Poller, "an instance of both");
equal(poller.count(), 0, "with working methods");
plan();
