import * as zmq from "./zmq.so";
import * as os from "os";

const parent = os.Worker.parent;
parent.onmessage = message => {
    parent.onmessage = null;
    const context = new zmq.Context();
    const socket = context.socket(zmq.PUSH);
    socket.connect(message.data);
    for (let i = 0; i < 1000; i++)
        socket.send(i);
    socket.close();
    context.term();
    parent.postMessage("sent");
};
