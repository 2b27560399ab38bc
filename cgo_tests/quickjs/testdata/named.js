// After the preload the module can be imported by its plain name too, and is the same module.
import * as zmq from "zmq";
import * as path from "./zmq.so";

if (zmq.Context !== path.Context || zmq.PUSH !== path.PUSH)
    throw new Error("two modules");
const context = new zmq.Context();
if (!(context.socket(zmq.PUSH) instanceof path.Socket))
    throw new Error("two classes");
console.log("passed");
