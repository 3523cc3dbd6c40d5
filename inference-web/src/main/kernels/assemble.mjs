// node assemble.mjs TEXT MODULE: assembles a module, and notes the SHA-256 of its text in a custom section, "source".
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import startWabt from "wabt";

const [text, target] = process.argv.slice(2);
const source = readFileSync(text);
const wabt = await startWabt();
const { buffer } = wabt.parseWat(text, source.toString("utf8"), { simd: true }).toBinary({});
const name = Buffer.from("source");
const content = Buffer.concat([Buffer.of(name.length), name, createHash("sha256").update(source).digest()]);
writeFileSync(target, Buffer.concat([buffer, Buffer.of(0, content.length), content]));
