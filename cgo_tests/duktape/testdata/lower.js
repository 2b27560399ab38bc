// Lowers every script below a directory to ECMAScript 5: lower.js FROM TO
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
const [from, to] = process.argv.slice(2);
const compilerOptions = {
  target: ts.ScriptTarget.ES5,
  module: ts.ModuleKind.CommonJS,
  downlevelIteration: true,
  noEmitHelpers: false,
};
for (const name of fs.readdirSync(from, { recursive: true })) {
  if (name.endsWith(".js")) {
    const target = path.join(to, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const source = fs.readFileSync(path.join(from, name), "utf8");
    fs.writeFileSync(target, ts.transpileModule(source, { compilerOptions, fileName: name }).outputText);
  }
}
