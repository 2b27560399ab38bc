// Lowers the scripts of a directory to an edition and CommonJS: lower.js TYPESCRIPT FROM TO ES5
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const ts = require(process.argv[2]);

// In ES5 the compiler turns super(...) into _super.call(this, ...), which classes of an engine
// refuse: the host has to define a function constructSuper(instance, base, parameters).
function constructSuper(context) {
  const { factory } = context;
  function visit(node) {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      if (ts.isIdentifier(expression) && ts.idText(expression) === "_super") {
        const [self, ...rest] = node.arguments;
        const parameters = ts.idText(name) === "apply" ? rest[0] : factory.createArrayLiteralExpression(rest);
        const callee = factory.createIdentifier("constructSuper");
        return factory.createCallExpression(callee, undefined, [self, expression, parameters]);
      }
    }
    return ts.visitEachChild(node, visit, context);
  }
  return (file) => ts.visitNode(file, visit);
}

const options = {
  compilerOptions: { target: ts.ScriptTarget[process.argv[5]], module: ts.ModuleKind.CommonJS },
  transformers: { after: [constructSuper] },
};

function lower(from, to) {
  fs.mkdirSync(to, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) {
      lower(source, target);
    } else if (entry.name.endsWith(".js")) {
      const { outputText } = ts.transpileModule(fs.readFileSync(source, "utf8"), { ...options, fileName: source });
      fs.writeFileSync(target, outputText);
    }
  }
}

lower(process.argv[3], process.argv[4]);
