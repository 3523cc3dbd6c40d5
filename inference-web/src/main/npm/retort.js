// The package's face: fetches a bundle, picks the build, turns strings into bytes and JSON into objects.

const CHECKSUMS = "SHA256SUMS";
// The bounds of the runtime (BundleNames), here so that nothing larger is fetched to be refused.
const MOST_FILES = 519;
const MOST_BYTES_IN_ALL = 1 << 30;
const MOST_BYTES = { "evaluation.json": 64 << 20, "provenance.json": 16 << 20, "MODEL_CARD.md": 4 << 20 };
const DEFAULT_MAX_BYTES = 1024;

/** The smallest module that declares a structure: valid only where the host knows WebAssembly GC. */
const GC_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, // magic, version 1
  1, 5, 1, 95, 1, 127, 0, // section 1 of 5 bytes, one type: struct {i32}
]);

function hasWebAssemblyGc() {
  return typeof WebAssembly === "object" && WebAssembly.validate(GC_PROBE);
}

async function loadEngine(wanted) {
  if (wanted === "javascript" || (wanted === "auto" && !hasWebAssemblyGc())) {
    const { open } = await import("./retort-javascript.js");
    return { name: "javascript", open };
  }
  const { load } = await import("./retort.wasm-runtime.js");
  const module = await load(await wasmSource());
  return { name: "webassembly", open: module.exports.open };
}

/** The URL for a browser to stream from; the bytes in Node, whose fetch reads no files. */
async function wasmSource() {
  const url = new URL("./retort.wasm", import.meta.url);
  if (url.protocol !== "file:") {
    return url.href;
  }
  const { readFile } = await import("node:fs/promises");
  return readFile(url);
}

/** The bytes at a URL, refused before or while they arrive where they are more than a bundle's file may have. */
async function fetchBytes(url, most) {
  const tooLong = (found) => new Error(`expected at most ${most} bytes of ${url}, found ${found}`);
  if (url.protocol === "file:") {
    const { readFile, stat } = await import("node:fs/promises");
    const { size } = await stat(url);
    if (size > most) {
      throw tooLong(size);
    }
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`expected ${url} to be there, found status ${response.status}`);
  }
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (announced > most) {
    await response.body?.cancel();
    throw tooLong(announced);
  }
  // A server may announce nothing, or less than it sends: what arrives is counted.
  const chunks = [];
  let length = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw tooLong("more");
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** How large a file of a bundle may be, as the runtime has it. */
function mostBytes(path) {
  return path.endsWith(".safetensors") ? 256 << 20 : (MOST_BYTES[path] ?? 1 << 20);
}

/** Fetches the files that SHA256SUMS names; whether they are what it says, the runtime checks. */
async function fetchBundle(directory, onProgress) {
  const base = new URL(directory.endsWith("/") ? directory : directory + "/", globalThis.location?.href);
  const checksums = await fetchBytes(new URL(CHECKSUMS, base), mostBytes(CHECKSUMS));
  const files = new Map([[CHECKSUMS, checksums]]);
  const paths = new TextDecoder().decode(checksums).split("\n").filter((line) => line !== "").map((line) => line.slice(66));
  if (paths.length > MOST_FILES) {
    throw new Error(`expected at most ${MOST_FILES} files in ${CHECKSUMS}, found ${paths.length}`);
  }
  let left = MOST_BYTES_IN_ALL - checksums.length;
  for (const path of paths) {
    const url = new URL(path, base);
    if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)?\.[a-z]+$/.test(path) || !url.href.startsWith(base.href)) {
      throw new Error(`expected the path of a bundle's file in ${CHECKSUMS}, found ${JSON.stringify(path)}`);
    }
    const bytes = await fetchBytes(url, Math.min(left, mostBytes(path)));
    left -= bytes.length;
    files.set(path, bytes);
    onProgress?.(files.size - 1, paths.length);
  }
  return files;
}

function asSigned(bytes) {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Experts are trained on prompts that end with a newline. */
function promptBytes(prompt) {
  const bytes = typeof prompt === "string" ? new TextEncoder().encode(prompt) : prompt;
  if (bytes.length > 0 && bytes[bytes.length - 1] === 10) {
    return asSigned(bytes);
  }
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  ended[bytes.length] = 10;
  return asSigned(ended);
}

export class Retort {
  #runtime;

  constructor(engine, runtime) {
    this.engine = engine;
    this.#runtime = runtime;
    Object.freeze(this);
  }

  static async initialize({ bundle, engine = "auto", onProgress }) {
    const files = bundle instanceof Map ? bundle : await fetchBundle(String(bundle), onProgress);
    const chosen = await loadEngine(engine);
    return new Retort(chosen.name, chosen.open([...files.keys()], [...files.values()].map(asSigned)));
  }

  async processRequest(prompt, { maxBytes = DEFAULT_MAX_BYTES, onToken } = {}) {
    const bytes = [];
    const json = this.#runtime.generate(promptBytes(prompt), maxBytes, (value) => {
      bytes.push(value);
      onToken?.(value);
    });
    const { hex, ...answer } = JSON.parse(json);
    const all = Uint8Array.from(bytes);
    return { ...answer, text: new TextDecoder().decode(all), bytes: all };
  }

  route(prompt) {
    return JSON.parse(this.#runtime.route(promptBytes(prompt)));
  }

  getConfidence(prompt) {
    return this.route(prompt).confidence;
  }
}
