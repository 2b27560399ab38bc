"use strict";
// Prints the package.json of the package that has the addon for a platform: package.js PACKAGE.JSON PLATFORM,
// where that is the path of the one that users install, which names all platforms.
const { readFileSync } = require("node:fs");

const [, , file, platform] = process.argv;
const { version, license, homepage, bugs, repository, engines, optionalDependencies } = JSON.parse(readFileSync(file, "utf8"));
const name = `@zmqjs/${platform}`;
if (optionalDependencies[name] !== version) {
  throw new Error(`${file} does not depend on ${name} ${version}`);
}
const [os, cpu] = platform.split("-");
process.stdout.write(`${JSON.stringify({
  name,
  version,
  description: `The addon of zmqjs for ${platform}`,
  license,
  homepage,
  bugs,
  repository,
  os: [os === "windows" ? "win32" : os],
  cpu: [cpu],
  ...(os === "linux" ? { libc: ["glibc"] } : {}),
  engines,
  main: "zmqjs.node",
  files: ["zmqjs.node", os === "windows" ? "*.dll" : "lib*", "NOTICES"],
}, null, 2)}\n`);
