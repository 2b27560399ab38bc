// Prints the exports of a file that declares the module "zmq", as JSON.
"use strict";
const path = require("node:path");
const ts = require(path.join(__dirname, "../../node_modules/typescript"));

const file = process.argv[2];
const program = ts.createProgram([file], { strict: true, types: [], target: ts.ScriptTarget.ES2022 });
const checker = program.getTypeChecker();
const module_ = checker.getAmbientModules().find((symbol) => symbol.name === '"zmq"');

function parameters(node) {
  return node.parameters.map((p) => p.name.getText() + (p.questionToken ? "?" : "")).join(", ");
}

function isPrivate(node) {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
}

function member(node, result) {
  if (ts.isConstructorDeclaration(node)) {
    result.new = isPrivate(node) ? "private" : parameters(node);
  } else if (ts.isMethodDeclaration(node)) {
    const symbol = /^\[Symbol\.(\w+)\]$/.exec(node.name.getText());
    const fixed = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static ? "static " : "";
    const name = symbol ? "@@" + symbol[1] : node.name.getText();
    result[fixed + name] = parameters(node); // of several overloads the last one has the table's names
  } else {
    const readonly = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly ? "readonly " : "";
    result[node.name.getText()] = readonly + node.type.getText();
  }
}

const surface = { Functions: {}, Classes: {}, Constants: {} };
for (const symbol of checker.getExportsOfModule(module_)) {
  const node = symbol.declarations[0];
  if (ts.isFunctionDeclaration(node)) {
    surface.Functions[symbol.name] = parameters(node);
  } else if (ts.isClassDeclaration(node)) {
    const members = (surface.Classes[symbol.name] = {});
    node.members.forEach((each) => member(each, members));
  } else if (ts.isVariableDeclaration(node)) {
    const type = checker.getBaseTypeOfLiteralType(checker.getTypeOfSymbolAtLocation(symbol, node));
    surface.Constants[symbol.name] = checker.typeToString(type);
  } else if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) {
    throw new Error(symbol.name + ": " + ts.SyntaxKind[node.kind]);
  }
}
console.log(JSON.stringify(surface));
