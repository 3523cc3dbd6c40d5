// What SHA256SUMS and the manifest say of a bundle's files, before any of them is fetched.
import { RetortError } from "./errors.js";

export const CHECKSUMS = "SHA256SUMS";
export const MANIFEST = "manifest.json";
export const SIGNATURE = "SHA256SUMS.sig";
export const MOST_SIGNATURE_BYTES = 1024;
// The bounds of the runtime (BundleNames), here so that nothing larger is fetched to be refused.
export const MOST_BYTES_IN_ALL = 2 ** 30;
const MOST_FILES = 519;
const MOST_BYTES = { "evaluation.json": 64 << 20, "provenance.json": 16 << 20, "MODEL_CARD.md": 4 << 20 };

/** How large a file of a bundle may be, as the runtime has it. */
export function mostBytes(path) {
  return path.endsWith(".safetensors") ? 256 << 20 : (MOST_BYTES[path] ?? 1 << 20);
}

/** The digests by path; refuses what could lead out of the bundle's directory. */
export function parseChecksums(bytes) {
  const digests = new Map();
  for (const line of new TextDecoder().decode(bytes).split("\n").filter((text) => text !== "")) {
    const [, digest, path] = /^([0-9a-f]{64}) {2}(.*)$/.exec(line) ?? [];
    if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)?\.[a-z]+$/.test(path ?? "")) {
      throw new RetortError("bundle", `expected the path of a bundle's file in ${CHECKSUMS}, found ${JSON.stringify(line.slice(66))}`);
    }
    digests.set(path, digest);
  }
  if (digests.size > MOST_FILES) {
    throw new RetortError("bundle", `expected at most ${MOST_FILES} files in ${CHECKSUMS}, found ${digests.size}`);
  }
  if (!digests.has(MANIFEST)) {
    throw new RetortError("bundle", `expected ${MANIFEST} in ${CHECKSUMS}, found ${digests.size} other files`);
  }
  return digests;
}

/**
 * What is needed of the manifest before the rest is there: the sizes of files by path, for progress and as bounds, the least
 * memory that it can be opened in, and who the experts are. The runtime reads it again, strictly.
 */
export function readManifest(bytes) {
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
    const parts = [...manifest.experts, manifest.router];
    const entries = [...parts.flatMap((part) => [part.weights, part.config]), ...manifest.documents];
    const sizes = new Map(entries.map((entry) => [entry.path, entry.bytes]));
    const storedBytes = manifest.experts.reduce((sum, { weights }) => sum + weights.bytes, 0);
    const leastBytes = storedBytes + Math.max(...manifest.experts.map(({ parameters }) => 4 * parameters));
    if (![...sizes.values(), leastBytes].every(Number.isSafeInteger)) {
      throw new TypeError("sizes are no integers");
    }
    const experts = manifest.experts.map(({ id, domain, parameters }) => ({ id, domain, parameters }));
    return { sizes, leastBytes, experts, name: `${manifest.name} ${manifest.version}` };
  } catch (cause) {
    throw new RetortError("bundle", `expected a manifest in ${MANIFEST}, found one that cannot be read: ${cause.message}`, { cause });
  }
}

/** Refuses what none of some keys has signed; only who has keys loads what checks them. */
export async function requireSignature(signature, checksums, trustedKeys) {
  const { checkSignature } = await import("./signature.js");
  await checkSignature(signature, checksums, trustedKeys);
}

/** Refuses, before any weights are fetched, a bundle whose stored experts leave no room to decode the largest. */
export function requireMemory({ name, leastBytes }, maxMemory) {
  if (leastBytes > maxMemory) {
    throw new RetortError("memory", `expected maxMemory of at least ${leastBytes} bytes, the stored experts of ${name} and the largest decoded, found ${maxMemory}`);
  }
}
