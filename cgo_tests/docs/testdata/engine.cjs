// Prints the names that types/engine.d.ts declares, as JSON: those of modules, of some types and of
// the globals.
"use strict";
const path = require("node:path");
const ts = require(path.join(__dirname, "../../node_modules/typescript"));

const files = process.argv.slice(2);
const program = ts.createProgram(files, { strict: true, types: [], lib: ["lib.esnext.d.ts"], target: ts.ScriptTarget.ES2022 });
const checker = program.getTypeChecker();
const source = program.getSourceFile(files[0]);
const top = (node) => (ts.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent);
const values = (symbols) => symbols.filter((s) => s.flags & (ts.SymbolFlags.Value | ts.SymbolFlags.Alias)).map((s) => s.name);
const members = (type) => type.getProperties().map((s) => s.name).filter((name) => !name.startsWith("__@"));

const declared = { globals: [] };
for (const module_ of checker.getAmbientModules())
  if (module_.name !== '"zmq"') {
    const exports = checker.getExportsOfModule(module_);
    declared[JSON.parse(module_.name)] = values(exports);
    const file = exports.find((symbol) => symbol.name === "FILE");
    if (file) declared.FILE = members(checker.getDeclaredTypeOfSymbol(file));
    const error = exports.find((symbol) => symbol.name === "Error");
    if (error) declared.Error = members(checker.getTypeOfSymbol(checker.getAliasedSymbol(error)));
  }
for (const symbol of checker.getSymbolsInScope(source, ts.SymbolFlags.Value))
  if (symbol.declarations?.some((node) => top(node) === source)) {
    if (symbol.name.startsWith('"') || symbol.name === "Math") continue; // a module; ECMAScript's
    declared.globals.push(symbol.name);
    const type = checker.getTypeOfSymbol(symbol);
    if (symbol.name === "console") declared.console = members(type);
    if (symbol.name === "performance") declared.performance = members(type);
    if (symbol.name === "Uint8FFArray" || symbol.name === "Int64FFPtr") declared[symbol.name] = members(checker.getDeclaredTypeOfSymbol(symbol));
  }
for (const names of Object.values(declared)) names.sort();
console.log(JSON.stringify(declared));
