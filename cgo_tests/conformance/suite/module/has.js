import * as zmq from "zmq";
import { equal, plan } from "../tap.js";

function hasIPC() {
  const socket = new zmq.Context().socket(zmq.PAIR);
  try {
    socket.bind("ipc://here");
  } catch (e) {
    equal(e.code, "EPROTONOSUPPORT", "without ipc its endpoints are refused");
    return 0;
  } finally {
    socket.close();
  }
  return 1;
}

equal(zmq.has("ipc"), hasIPC(), "ipc is there where it works");
equal(zmq.has("vmci"), 0, "vmci is not");
equal(zmq.has("nonsense"), 0, "an unknown capability");
equal(zmq.has(""), 0, "the empty name");
equal(zmq.has("IPC"), 0, "names are in lower case");
plan();
