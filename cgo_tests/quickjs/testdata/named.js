// After the preload the module has its plain name, and is the same under both.
import * as zmq from "zmq";
import * as path from "./zmq.so";

if (zmq.Context !== path.Context || zmq.PUSH !== path.PUSH)
    throw new Error("two modules");
const context = new zmq.Context();
if (!(context.socket(zmq.PUSH) instanceof path.Socket))
    throw new Error("two classes");
console.log("passed");
