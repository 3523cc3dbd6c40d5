// node sessions-node.js <URL of the package's retort.node.js> <file of what is asked, JSON>: prints what was found as JSON.
import { readFile } from "node:fs/promises";

const [packageUrl, file] = process.argv.slice(2);
const { Retort } = await import(packageUrl);
const { sessions } = await import(new URL("sessions.js", import.meta.url));
try {
  console.log(JSON.stringify(await sessions(Retort, JSON.parse(await readFile(file, "utf8")))));
} catch (error) {
  console.log(JSON.stringify({ error: error.stack }));
}
