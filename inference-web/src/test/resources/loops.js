// node loops.js <URL of the package's lib/kernels.js> <file of calls>: calls loops and prints the last array that each was given, as JSON.
import { readFile } from "node:fs/promises";

const [url, file] = process.argv.slice(2);
const { loadKernels } = await import(url);
const { kernels, problem } = await loadKernels({ bytes: readFile });
if (kernels === undefined) {
  throw new Error(problem);
}
const fromHex = (hex) => new Float32Array(Uint8Array.from(Buffer.from(hex, "hex")).buffer);
const toHex = (floats) => Buffer.from(floats.buffer).toString("hex");

/** A matrix as weights are, which are copied, or as what is remembered of a text, which lies there. */
function addressOf({ loop, matrix }) {
  const values = fromHex(matrix);
  if (loop !== "mix") {
    return kernels.place(values);
  }
  return kernels.within([], () => {
    const there = kernels.floats(values.length);
    there.set(values);
    return kernels.find(there);
  });
}

const results = JSON.parse(await readFile(file, "utf8")).map((call) => {
  const given = call.arguments.map((value) => (typeof value === "string" ? fromHex(value) : value));
  const result = call.matrix === undefined ? kernels[call.loop](...given) : kernels[call.loop](addressOf(call), ...given);
  const array = given.findLast((value) => value instanceof Float32Array);
  return { array: toHex(array), result: toHex(Float32Array.of(Number(result))) };
});
console.log(JSON.stringify(results));
