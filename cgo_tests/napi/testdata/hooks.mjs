// Resolves "zmq" to the module of the addon, without the package's additions.
import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

const installed = realpathSync(`${process.env.ZMQJS_NPM_ROOT}/node_modules/zmqjs`);
const [names] = /{.*}/.exec(readFileSync(`${installed}/index.mjs`, "utf8"));
const addon = JSON.stringify(pathToFileURL(`${installed}/addon.js`).href);
const source = `import addon from ${addon}; export const ${names} = addon.zmq;`;

export function resolve(specifier, context, next) {
  return specifier === "zmq" ? { url: "zmqjs:zmq", format: "module", shortCircuit: true } : next(specifier, context);
}

export function load(address, context, next) {
  if (address === "zmqjs:zmq") {
    return { format: "module", source, shortCircuit: true };
  }
  const isScript = address.includes("/conformance/") && address.endsWith(".js");
  return next(address, isScript ? { ...context, format: "module" } : context);
}
