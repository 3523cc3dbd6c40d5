// node types.js <directory of the package> <directory of a bundle>: compares retort.d.ts with what is there, and prints what only one of them has, as JSON.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [directory, bundle] = process.argv.slice(2);
const read = (name) => readFile(path.join(directory, name), "utf8");
const declared = (await read("retort.d.ts")).replace(/\/\*\*[\s\S]*?\*\//g, "");
const either = (one, other) => [...one.filter((name) => !other.includes(name)), ...other.filter((name) => !one.includes(name))].sort();

/** The members of a declaration at its first level, without what is private or belongs to the class. */
function members(name, pattern = /^ {2}(?:readonly )?(\w+)\??(?=[:(])/gm) {
  const [, body] = new RegExp(`export (?:declare class|interface) ${name}\\b[^{]*\\{\\n([\\s\\S]*?)\\n\\}`).exec(declared);
  return [...body.matchAll(pattern)].map(([, member]) => member);
}
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, found]) => found))];
const own = (made) => [...Object.keys(made), ...Object.getOwnPropertyNames(Object.getPrototypeOf(made))].filter((name) => name !== "constructor");

const found = {};
const values = all(declared, /^export declare (?:class|function|const) (\w+)/gm);
for (const entry of ["retort.node.js", "retort.js"]) {
  found[entry] = either(values, all((await read(entry)).replace(/export \{ (\w+) \}/g, "export const $1"), /export const (\w+)/g));
}
const module = await import(pathToFileURL(path.join(directory, "retort.node.js")).href);
found.exports = either(values, Object.keys(module));

const retort = await module.Retort.initialize({ bundle, structured: true });
found.retort = either(members("Retort"), own(retort));
found.statics = either(members("Retort", /^ {2}static (\w+)/gm), Object.getOwnPropertyNames(module.Retort).filter((name) => !["length", "name", "prototype"].includes(name)));
const session = await retort.openSession("x");
found.session = either(members("Session"), own(session));
found.sessionText = either(members("SessionText"), Object.keys(await session.getText()));
found.memory = either(members("MemoryUsage"), Object.keys(await retort.getMemoryUsage()));
const answer = await retort.processRequest("x", { maxBytes: 1 });
const mayBeAbsent = ["novelty", "unknown", "droppedBytes"];
found.answer = either([...members("Answer"), ...members("Routing")], Object.keys(answer)).filter((name) => !mayBeAbsent.includes(name));
retort.close();

const library = await Promise.all((await readdir(path.join(directory, "lib"))).filter((name) => name.endsWith(".js")).map((name) => read(path.join("lib", name))));
const sources = library.join("\n");
const codes = all(/readonly code: (.*);/.exec(declared)[1], /"(\w+)"/g);
// The runtime's own are "memory", "context" and "session" (WebProblems).
const raised = [...all(sources, /(?:RetortError|calling|whenFree)\(\s*"(\w+)"/g), "memory", "context", "session"];
found.codes = either(codes, [...new Set(raised)]);
// Each option is taken somewhere by its name.
for (const name of ["InitializeOptions", "RequestOptions", "SessionOptions", "ToolOptions", "FitOptions"]) {
  found[name] = members(name).filter((option) => !new RegExp(`\\b${option}\\b`).test(sources));
}
console.log(JSON.stringify(found));
