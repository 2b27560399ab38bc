// The cases of the benchmark in npm's zeromq, whose sends and receives are promises; see
// ../cases.js.
import { createRequire } from "node:module";

const zmq = createRequire(new URL("../../cgo_tests/package.json", import.meta.url))("zeromq");
const [milliseconds, name, size, , endpoint] = process.argv[2].split("|");

async function measure(repeat) {
    for (let count = 1; ;) {
        const start = performance.now();
        await repeat(count);
        const took = performance.now() - start;
        if (took >= milliseconds) {
            console.log(took * 1e6 / count);
            return;
        }
        count = took * 5 < milliseconds ? count * 4 : Math.ceil(count * 1.2 * milliseconds / took);
    }
}

async function transfer(value, read) {
    const receiver = new zmq.Pair(), sender = new zmq.Pair();
    await receiver.bind("inproc://pair");
    sender.connect("inproc://pair");
    await measure(async count => {
        for (let i = 0; i < count; i++) {
            await sender.send(value);
            read(await receiver.receive());
        }
    });
}

const cases = {
    start() {},
    call() {
        const call = Math.abs;
        return measure(count => { for (let i = 0; i < count; i++) call(1); });
    },
    string: () => transfer("0123456789".repeat(size / 10 + 1).slice(0, size), ([part]) => part.toString()),
    bytes: () => transfer(Buffer.alloc(Number(size)), ([part]) => part),
    async echo() {
        const socket = new zmq.Pair();
        socket.connect(endpoint);
        for (let [part] = await socket.receive(); part.length > 0; [part] = await socket.receive()) {
            await socket.send(part);
        }
        socket.close();
    },
};

await cases[name]();
