// Preloaded: node runs scripts that import "zmq", and treats them as modules with any name.
import { register } from "node:module";
register("./hooks.mjs", import.meta.url);
