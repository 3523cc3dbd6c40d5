// Answers prompts in Node: npm install retort-inference, then
//   node ask.mjs BUNDLE_DIRECTORY_OR_URL "2 + 2 =" ["3 + 3 =" ...]
import { Retort } from "retort-inference";

const [bundle, ...prompts] = process.argv.slice(2);
if (prompts.length === 0) {
  console.error("usage: node ask.mjs BUNDLE PROMPT...");
  process.exit(2);
}
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

const runtime = await Retort.initialize({ bundle, maxMemory: 256 * 1024 * 1024 });
try {
  for (const prompt of prompts) {
    const { next } = await runtime.predict(prompt, { most: 3 });
    const answer = await runtime.processRequest(prompt, {
      onText: (piece) => process.stdout.write(piece),
      maxBytes: 200,
      signal: stop.signal,
    });
    const sure = Math.round(100 * answer.confidence);
    const first = next.map(({ byte, logProbability }) => `${JSON.stringify(String.fromCharCode(byte))} ${Math.exp(logProbability).toFixed(2)}`);
    console.log(`\n[${answer.experts[0].id}, ${sure}% sure; first byte: ${first.join(", ")}]`);
  }
} finally {
  runtime.close();
}
