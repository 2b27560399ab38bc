// Prints the findings of publint and arethetypeswrong in the package: package.mjs TOOLS DIRECTORY
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [tools, directory] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${tools}/node_modules/${name}`));
const { publint } = await load("publint/src/index-node.js");
const { checkPackage, Package } = await load("@arethetypeswrong/core/dist/index.js");

const { messages } = await publint({ pkgDir: directory, strict: true });
messages.forEach((message) => console.log(message.code, message.path.join("."), JSON.stringify(message.args)));
const { name, version } = JSON.parse(readFileSync(`${directory}/package.json`));
const files = readdirSync(directory, { recursive: true }).filter((file) => /\.(m?js|json|d\.m?ts)$/.test(file));
const texts = files.map((file) => [`/node_modules/${name}/${file}`, readFileSync(`${directory}/${file}`, "utf8")]);
const { types, problems: all } = await checkPackage(new Package(Object.fromEntries(texts), name, version));
// Beside "default" it does not see the names of an object that is module.exports.
const isSeen = ({ kind, fileName }) => kind !== "CJSOnlyExportsDefault" || !fileName.endsWith("/zeromq/index.js");
const problems = all?.filter(isSeen);
problems?.forEach((problem) => console.log(JSON.stringify(problem)));
console.log(types !== false && messages.length + problems.length === 0 ? "ok" : "not ok");
