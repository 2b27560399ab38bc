// Preloaded: lets node run scripts that import "zmq" and are modules whatever their name.
import { register } from "node:module";
register("./hooks.mjs", import.meta.url);
