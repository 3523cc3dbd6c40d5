// node downloading.js <URL of the package's retort.node.js> <URL of a bundle> <its directory> <cache directory>: prints as JSON.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const [packageUrl, url, directory, cache] = process.argv.slice(2);
const { Retort } = await import(packageUrl);

async function open(options) {
  const all = [];
  const retort = await Retort.initialize({ engine: "javascript", onProgress: (progress) => all.push(progress), ...options });
  const { experts } = retort;
  const memory = await retort.getMemoryUsage();
  retort.close();
  const last = all.at(-1);
  return { experts, memory, last, rising: all.every((p, i) => i === 0 || p.bytesDone >= all[i - 1].bytesDone) };
}
const failure = (options) => open(options).then(() => "none", (error) => `${error.name} ${error.code}`);

const first = await open({ bundle: url, cache });
const second = await open({ bundle: url, cache });

// Every entry is spoilt; each is fetched once more.
for (const name of await readdir(cache)) {
  if (!name.startsWith("sums-")) {
    const file = path.join(cache, name);
    const bytes = await readFile(file);
    bytes[0] ^= 1;
    await writeFile(file, bytes);
  }
}
const spoilt = await open({ bundle: url, cache });
const healed = await open({ bundle: url, cache });

// The same as files.
const files = new Map();
for (const name of ["", "experts"]) {
  for (const entry of await readdir(path.join(directory, name), { withFileTypes: true })) {
    if (entry.isFile()) {
      const file = path.posix.join(name, entry.name);
      files.set(file, new Uint8Array(await readFile(path.join(directory, file))));
    }
  }
}
// What is stored, and the largest decoded by the bytes of its parameters.
const needed = first.memory.storedBytes + 4 * Math.max(...first.experts.map(({ parameters }) => parameters));
const withoutManifest = new Map([...files].filter(([name]) => name !== "manifest.json"));
// A signature by Node's own Ed25519; the raw key is the end of its SPKI encoding (RFC 8410).
const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const trustedKeys = [createHash("sha256").update(raw).digest("hex")];
const signed = Buffer.concat([Buffer.from("retort-bundle-signature-1\n"), files.get("SHA256SUMS")]);
const signature = sign(null, signed, privateKey);
const text = (bytes) => `retort-signature 1 ed25519\n${raw.toString("base64")}\n${bytes.toString("base64")}\n`;
const spoiltSignature = Buffer.from(signature);
spoiltSignature[3] ^= 1;
const signatureFile = path.join(directory, "SHA256SUMS.sig");
await writeFile(signatureFile, text(signature));
const another = ["ab".repeat(32)];
const signatures = [
  await failure({ bundle: url, cache, trustedKeys }),
  await failure({ bundle: url, cache, trustedKeys: another }),
  await failure({ bundle: new Map(files).set("SHA256SUMS.sig", Buffer.from(text(signature))), trustedKeys }),
  await failure({ bundle: new Map(files).set("SHA256SUMS.sig", Buffer.from(text(spoiltSignature))), trustedKeys }),
  await failure({ bundle: new Map(files).set("SHA256SUMS.sig", Buffer.from(`${text(signature)}\n`)), trustedKeys }),
  await failure({ bundle: files, trustedKeys }),
  await failure({ bundle: files, trustedKeys: ["AB"] }),
];
await rm(signatureFile);
signatures.push(await failure({ bundle: url, trustedKeys }));

console.log(JSON.stringify({
  signatures,
  allFromCache: [first, second, spoilt, healed].map(({ last }) => last.bytesFromCache === last.bytesTotal),
  complete: [first, second, spoilt, healed].every(({ last }) => last.bytesDone === last.bytesTotal && last.filesDone === last.filesTotal),
  rising: first.rising,
  // Rows of experts as small as these are mostly padding.
  parameters: ((bytes) => first.memory.expertBytes >= bytes && first.memory.expertBytes < 8 * bytes)(
    first.experts.reduce((sum, { parameters }) => sum + 4 * parameters, 0)),
  map: (await open({ bundle: files })).experts.length === first.experts.length,
  list: (await open({ bundle: [...files].map(([name, bytes]) => new File([bytes], name)) })).experts.length === first.experts.length,
  enough: (await open({ bundle: url, cache, maxMemory: first.memory.storedBytes + first.memory.expertBytes })).memory.expertBytes === first.memory.expertBytes,
  refused: [
    await failure({ bundle: url, maxMemory: needed - 1 }),
    await failure({ bundle: files, maxMemory: needed - 1 }),
    await failure({ bundle: withoutManifest }),
    await failure({ bundle: `${url}nowhere/` }),
    await failure({ bundle: 7 }),
    await failure({ bundle: url, engine: "quantum" }),
    await failure({ bundle: url, maxMemory: 0 }),
    await failure({ bundle: url, signal: AbortSignal.abort() }),
  ],
}));
