// Makes calls at random: main.js SEED CALLS [verbose]. A finding ends it with a throw; a
// crash says by itself what it is.
import { Random } from "./random.js";
import { World } from "./world.js";
import { call } from "./calls.js";
import { sentinel } from "./values.js";
import * as zmq from "zmq";

const [seed, wanted] = scriptArgs.slice(1, 3).map(Number);
const verbose = scriptArgs[3] === "verbose";
const callsOfRound = 1500, callsBetweenNotes = 100000;
let calls = 0, threw = 0;

// It runs nothing of the values, or a verbose round would be another one.
function show(value, world) {
    for (const kind of ["sockets", "anchors", "pollers", "contexts", "buffers"]) {
        if (world[kind].includes(value))
            return `${kind}[${world[kind].indexOf(value)}]`;
    }
    if (typeof value === "object" || typeof value === "function")
        return value === null ? "null" : ArrayBuffer.isView(value) ? `view of ${value.byteLength}` : typeof value;
    const text = typeof value === "string" ? JSON.stringify(value) : String(value);
    return text.length > 60 ? text.slice(0, 60) + "..." : text;
}

const logOf = world => (name, list = [], self = undefined) =>
    print(`${calls}: ${name}(${list.map(value => show(value, world)).join(", ")}) of ${show(self, world)}`);

// What a call may throw.
function proper(e) {
    if (e === sentinel)
        return true;
    if (!(e instanceof Error) || ![Error, TypeError, RangeError].includes(e.constructor))
        return /out of memory|stack overflow/.test(String(e));
    if (typeof e.message !== "string" || e.message === "" || e.message.includes("internal error"))
        return false;
    return e.code === undefined || typeof e.code === "string" && Number.isInteger(e.errno);
}

function one(world) {
    calls++;
    try {
        call(world, world.log);
    } catch (e) {
        threw++;
        world.log && print(`   throws ${e === sentinel ? "what a getter has thrown" : e}`);
        if (!proper(e))
            throw new Error(`call ${calls}: ${typeof e} ${e?.constructor?.name} ${e} ${e?.code} ${e?.stack}`);
    }
}

// What rounds have left is closed, in the background, and soon.
const mostDescriptors = 200, roundsBetweenLooks = 16;

function look() {
    if (!globalThis.descriptors)
        return;
    const poller = new zmq.Poller();
    for (let i = 0; i < 1000; i++) {
        gc();
        if (descriptors() <= mostDescriptors)
            return;
        poller.wait(10);
    }
    throw new Error(`${descriptors()} descriptors are open`);
}

function tell() {
    print(`calls ${calls} threw ${threw}`);
}

for (let round = 0, told = 0; calls < wanted; round++) {
    const world = new World(new Random(seed + round), callsOfRound);
    world.log = verbose ? logOf(world) : undefined;
    world.log && print(`-- round ${round}`);
    world.again = () => {
        if (world.depth++ < 3)
            one(world);
        world.depth--;
    };
    for (; world.left > 0; world.left--)
        one(world);
    world.leave();
    round % roundsBetweenLooks === 0 && look();
    if (calls - told > callsBetweenNotes) {
        told = calls;
        tell();
    }
}
tell();
