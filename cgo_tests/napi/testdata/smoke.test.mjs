import { smoke } from "./smoke.mjs";

test("smoke", smoke);
