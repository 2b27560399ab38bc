import { test } from "node:test";
import { smoke } from "./smoke.mjs";

test("smoke", smoke);
