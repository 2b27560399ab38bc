// Lowers every script below a directory to CommonJS in an edition: lower.js FROM TO [ES5]
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
const [from, to, edition = "ES5"] = process.argv.slice(2);
const compilerOptions = {
  target: ts.ScriptTarget[edition],
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
