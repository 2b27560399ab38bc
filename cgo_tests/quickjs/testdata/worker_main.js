// A worker is another runtime on another thread. It loads the same shared library.
import * as zmq from "./zmq.so";
import * as os from "os";

const context = new zmq.Context();
const socket = context.socket(zmq.PULL);
socket.bind("tcp://127.0.0.1:*");
const endpoint = socket.getsockopt_str(zmq.LAST_ENDPOINT);
const worker = new os.Worker("./worker.js");
worker.onmessage = message => {
    worker.onmessage = null;
    if (message.data !== "sent")
        throw new Error(message.data);
    for (let i = 0; i < 1000; i++)
        if (socket.recv_int() !== i)
            throw new Error("lost");
    socket.close();
    context.term();
    console.log("passed");
};
worker.postMessage(endpoint);
