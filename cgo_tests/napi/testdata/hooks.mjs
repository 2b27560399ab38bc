// What "zmq" is: the installed package.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const installed = createRequire(pathToFileURL(`${process.env.ZMQJS_NPM_ROOT}/`));
const url = pathToFileURL(installed.resolve("zmqjs")).href.replace(/index\.js$/, "index.mjs");

export function resolve(specifier, context, next) {
  return specifier === "zmq" ? { url, format: "module", shortCircuit: true } : next(specifier, context);
}

export function load(address, context, next) {
  const isScript = address.includes("/conformance/") && address.endsWith(".js");
  return next(address, isScript ? { ...context, format: "module" } : context);
}
