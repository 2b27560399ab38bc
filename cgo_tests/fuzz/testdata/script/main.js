// Makes calls at random: main.js SEED ROUNDS [verbose]. A finding ends it with a throw; a
// crash says by itself what it is.
import { Random } from "./random.js";
import { World } from "./world.js";
import { call } from "./calls.js";
import { sentinel } from "./values.js";

const [seed, rounds] = scriptArgs.slice(1, 3).map(Number);
const verbose = scriptArgs[3] === "verbose";
const callsOfRound = 80;
let calls = 0, threw = 0;

const log = verbose ? (name, list = [], self = undefined) =>
    print(`${calls}: ${name}(${list.map(show).join(", ")}) of ${show(self)}`) : undefined;

function show(value) {
    try {
        const text = typeof value === "string" ? JSON.stringify(value) : String(value);
        return text.length > 60 ? text.slice(0, 60) + "..." : text;
    } catch {
        return typeof value;
    }
}

// What a call may throw.
function proper(e) {
    if (e === sentinel)
        return true;
    if (!(e instanceof Error) || ![Error, TypeError, RangeError].includes(e.constructor))
        return /out of memory|stack overflow/.test(String(e));
    if (typeof e.message !== "string" || e.message === "" || /internal error/.test(e.message))
        return false;
    return e.code === undefined || typeof e.code === "string" && Number.isInteger(e.errno);
}

function one(world) {
    calls++;
    try {
        call(world, log);
    } catch (e) {
        threw++;
        verbose && print(`   throws ${e}`);
        if (!proper(e))
            throw new Error(`call ${calls}: ${typeof e} ${e?.constructor?.name} ${e} ${e?.code} ${e?.stack}`);
    }
}

for (let round = 0; round < rounds; round++) {
    const world = new World(new Random(seed + round));
    verbose && print(`-- round ${round}`);
    world.again = () => {
        if (world.depth++ < 3)
            one(world);
        world.depth--;
    };
    for (let i = 0; i < callsOfRound; i++)
        one(world);
    world.end();
}
print(`calls ${calls} threw ${threw}`);
