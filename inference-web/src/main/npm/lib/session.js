// A bundle that was opened in this thread, and what is asked of it.
import { CHECKSUMS, MANIFEST, readManifest, requireMemory } from "./checksums.js";
import { downloadBundle } from "./download.js";
import { RetortError, closedError } from "./errors.js";
import { SIGNATURE, requireSignature } from "./signature.js";

/** The smallest module that declares a structure: valid only where the host knows WebAssembly GC. */
const GC_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, // magic, version 1
  1, 5, 1, 95, 1, 127, 0, // section 1 of 5 bytes, one type: struct {i32}
]);

/** How long a slice of work may be: half a frame, so that a page stays smooth and a cancelled request ends at once. */
const SLICE_MILLIS = 8;
/** Many symbols at once are read faster, but a slice cannot end between them. */
const MOST_SYMBOLS_AT_ONCE = 64;

/** Builds that were loaded, so that a page that opens another bundle needs no network for it. */
const engines = new Map();

async function importEngine(host, name) {
  try {
    if (name === "javascript") {
      const { open } = await import("../retort-javascript.js");
      return { name, open };
    }
    const { load } = await import("../retort.wasm-runtime.js");
    const module = await load(await host.wasm(new URL("../retort.wasm", import.meta.url)));
    return { name, open: module.exports.open };
  } catch (cause) {
    engines.delete(name);
    throw new RetortError("engine", `expected the ${name} build to load, found: ${cause.message}`, { cause });
  }
}

function loadEngine(host, wanted) {
  const hasGc = typeof WebAssembly === "object" && WebAssembly.validate(GC_PROBE);
  const name = wanted === "javascript" || (wanted === "auto" && !hasGc) ? "javascript" : "webassembly";
  if (!engines.has(name)) {
    engines.set(name, importEngine(host, name));
  }
  return engines.get(name);
}

function asSigned(bytes) {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Calls into the runtime; what it throws is told apart from errors of this package. */
function calling(code, call) {
  try {
    return call();
  } catch (cause) {
    throw new RetortError(code, cause.message, { cause });
  }
}

/** Files that somebody else fetched; the signature is checked here and is no matter of the runtime's. */
async function checkFiles(bundle, maxMemory, trustedKeys) {
  const files = new Map(bundle);
  const signature = files.get(SIGNATURE);
  files.delete(SIGNATURE);
  if (!files.has(CHECKSUMS) || !files.has(MANIFEST)) {
    throw new RetortError("bundle", `expected ${CHECKSUMS} and ${MANIFEST} among the files, found ${[...files.keys()].join(", ")}`);
  }
  if (trustedKeys !== undefined) {
    await requireSignature(signature ?? new Uint8Array(), files.get(CHECKSUMS), trustedKeys);
  }
  requireMemory(readManifest(files.get(MANIFEST)), maxMemory);
  return files;
}

export class Session {
  #host;
  #runtime;

  constructor(host, engine, runtime, { name, experts }) {
    this.#host = host;
    this.#runtime = runtime;
    this.engine = engine;
    this.bundle = name;
    this.experts = experts;
  }

  /** Opens a bundle at a URL (text) or of files (a Map by path). */
  static async open(host, { bundle, engine, cache, maxMemory, trustedKeys }, { onProgress, signal } = {}) {
    // The engine is on its way while the weights are; a failure of it is waited for below.
    const loading = loadEngine(host, engine);
    loading.catch(() => undefined);
    const files =
      typeof bundle === "string"
        ? await downloadBundle(host, bundle, { cache: await host.cache(cache), maxMemory, trustedKeys, onProgress, signal })
        : await checkFiles(bundle, maxMemory, trustedKeys);
    const { name, open } = await loading;
    signal?.throwIfAborted();
    const runtime = calling("bundle", () => open([...files.keys()], [...files.values()].map(asSigned)));
    return new Session(host, name, runtime, readManifest(files.get(MANIFEST)));
  }

  /**
   * Answers a prompt in slices, telling what was written after each.
   *
   * @param options all of those that the runtime has
   */
  async generate(prompt, options, { onRouting, onBytes, signal }) {
    signal?.throwIfAborted();
    let written = [];
    const generation = calling("usage", () =>
      this.#runtime.begin(asSigned(prompt), JSON.stringify(options), (value) => written.push(value)),
    );
    onRouting(JSON.parse(generation.routing()));
    let symbols = 4;
    for (let more = true; more; ) {
      const began = performance.now();
      let now = began;
      while (more && now - began < SLICE_MILLIS) {
        const before = now;
        more = calling("bundle", () => generation.advance(symbols));
        now = performance.now();
        symbols = now - before < SLICE_MILLIS / 4 ? Math.min(2 * symbols, MOST_SYMBOLS_AT_ONCE) : Math.ceil(symbols / 2);
      }
      if (written.length > 0) {
        onBytes(Uint8Array.from(written));
        written = [];
      }
      await this.#host.pause();
      signal?.throwIfAborted();
      if (this.#runtime === undefined) {
        throw closedError();
      }
    }
    return JSON.parse(generation.answer());
  }

  async route(prompt) {
    return JSON.parse(calling("usage", () => this.#runtime.route(asSigned(prompt))));
  }

  async predict(prompt, most) {
    return JSON.parse(calling("usage", () => this.#runtime.predict(asSigned(prompt), most)));
  }

  /** Scores {context, continuation, ends} in order; neighbours with one context share the reading of it. */
  async logLikelihoods(requests, experts) {
    const contexts = requests.map(({ context }) => asSigned(context));
    const continuations = requests.map(({ continuation }) => asSigned(continuation));
    const endings = Int8Array.from(requests, ({ ends }) => (ends ? 1 : 0));
    return JSON.parse(calling("usage", () => this.#runtime.logLikelihoods(contexts, continuations, endings, experts)));
  }

  async memory() {
    return JSON.parse(this.#runtime.memory());
  }

  close() {
    this.#runtime = undefined;
  }
}
