// A bundle that was opened in this thread, and what is asked of it.
import { CHECKSUMS, MANIFEST, SIGNATURE, readManifest, requireMemory, requireSignature } from "./checksums.js";
import { downloadBundle } from "./download.js";
import { RetortError, closedError } from "./errors.js";

/** The smallest module that declares a structure: valid only where the host knows WebAssembly GC. */
const GC_PROBE = new Uint8Array([
  // magic, version 1
  0, 97, 115, 109, 1, 0, 0, 0,
  // section 1 of 5 bytes, one type: struct {i32}
  1, 5, 1, 95, 1, 127, 0,
]);

/** How long a slice of work may be: half a frame, so that a page stays smooth and a cancelled request ends at once. */
const SLICE_MILLIS = 8;
/** Many symbols at once are read faster, but a slice cannot end between them. */
const MOST_SYMBOLS_AT_ONCE = 64;

/** How many later calls may find memory before one that waits for it. */
const MOST_PASSES = 8;

/** Builds that were loaded, so that a page that opens another bundle needs no network for it. */
const engines = new Map();

/** @param file of the build, without its ending */
async function importEngine(host, name, file) {
  try {
    if (name === "javascript") {
      const loading = import("./kernels.js").then(({ loadKernels }) => loadKernels(host));
      const [build, { kernels, problem }] = await Promise.all([import(`../${file}-javascript.js`), loading]);
      if (kernels !== undefined) {
        build.install(kernels);
      }
      return { name, build, kernels, problem };
    }
    const { load } = await import("../retort.wasm-runtime.js");
    const module = await load(await host.wasm(new URL(`../${file}.wasm`, import.meta.url)));
    return { name, build: module.exports };
  } catch (cause) {
    engines.delete(name + file);
    throw new RetortError("engine", `expected the ${name} build to load, found: ${cause.message}`, { cause });
  }
}

function loadEngine(host, wanted, structured) {
  const hasGc = typeof WebAssembly === "object" && WebAssembly.validate(GC_PROBE);
  const name = wanted === "javascript" || (wanted === "auto" && !hasGc) ? "javascript" : "webassembly";
  const file = structured ? "retort-structured" : "retort";
  if (!engines.has(name + file)) {
    engines.set(name + file, importEngine(host, name, file));
  }
  return engines.get(name + file);
}

export function asSigned(bytes) {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Calls into the runtime; what it throws is told apart from errors of this package, by its own code where it has one. */
export function calling(code, call) {
  try {
    return call();
  } catch (cause) {
    throw new RetortError(cause.code ?? code, cause.message, { cause });
  }
}

/** Calls what reads texts, whose memory is then this list's. */
function within(kernels, texts, call) {
  return kernels === undefined ? call() : kernels.within(texts, call);
}

/** The same for texts that end with the call. */
function reading(kernels, call) {
  const texts = [];
  try {
    return within(kernels, texts, call);
  } finally {
    kernels?.forget(texts);
  }
}

/** Makes of what advances by symbols, `least` or more, what advances by a slice of time; both return whether there is more to do. */
export function sliced(advance, least = 1) {
  let symbols = Math.max(4, least);
  return () => {
    const began = performance.now();
    for (let now = began; ; ) {
      const before = now;
      const more = advance(symbols);
      now = performance.now();
      symbols = now - before < SLICE_MILLIS / 4 ? Math.min(2 * symbols, MOST_SYMBOLS_AT_ONCE) : Math.max(Math.ceil(symbols / 2), least);
      if (!more || now - began >= SLICE_MILLIS) {
        return more;
      }
    }
  };
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
  #build;
  #kernels;
  #runtime;
  /** Of answers that are being written; each that ends calls those that wait for memory. */
  #writing = new Set();
  /** Of calls that wait, the earliest first. */
  #line = new Set();
  #requests = new Map();
  #lastRequest = 0;
  #sessions;

  constructor(host, engine, runtime, { name, experts }) {
    this.#host = host;
    this.#build = engine.build;
    this.#kernels = engine.kernels;
    this.#runtime = runtime;
    this.engine = engine.name;
    this.loops = engine.kernels === undefined ? "engine" : "vectors";
    this.loopsProblem = engine.problem;
    this.bundle = name;
    this.experts = experts;
  }

  /** Opens a bundle at a URL (text) or of files (a Map by path). */
  static async open(host, { bundle, engine, cache, maxMemory, expertCacheSize, texts, structured, trustedKeys }, { onProgress, signal } = {}) {
    // The engine is on its way while the weights are; a failure of it is waited for below.
    const loading = loadEngine(host, engine, structured);
    loading.catch(() => undefined);
    const files =
      typeof bundle === "string"
        ? await downloadBundle(host, bundle, { cache: await host.cache(cache), maxMemory, trustedKeys, onProgress, signal })
        : await checkFiles(bundle, maxMemory, trustedKeys);
    const loaded = await loading;
    signal?.throwIfAborted();
    const open = () => loaded.build.open([...files.keys()], [...files.values()].map(asSigned), maxMemory, expertCacheSize, ...texts);
    const runtime = calling("bundle", () => reading(loaded.kernels, open));
    return new Session(host, loaded, runtime, readManifest(files.get(MANIFEST)));
  }

  /**
   * Answers a prompt in slices, telling what was written after each.
   *
   * @param options all of those that the runtime has
   * @param schema its text where there is one
   */
  async generate(prompt, options, schema, events) {
    events.signal?.throwIfAborted();
    const text = JSON.stringify(options);
    const build = schema === undefined ? undefined : this.#structured();
    const begin = (listener) =>
      build === undefined
        ? this.#runtime.begin(asSigned(prompt), text, listener)
        : build.beginJson(this.#runtime, asSigned(prompt), text, schema, listener);
    return this.#write(begin, events, (generation) => generation.answer(), []);
  }

  /** The build, where it has schemas, tools, windows and sessions. */
  #structured() {
    this.#requireOpen();
    if (this.#build.beginTools === undefined) {
      throw new RetortError("usage", "expected a runtime that was initialized with structured: true, found one without");
    }
    return this.#build;
  }

  /**
   * Writes what `begin` begins, in slices; gives its memory back however it ends.
   *
   * @param texts that own what is remembered meanwhile; undefined where it stays
   */
  async #write(begin, { onRouting, onBytes, signal }, end, texts) {
    let written = [];
    const forget = () => texts && this.#kernels?.forget(texts);
    const started = () => {
      // What an attempt took for which there was no memory is free again.
      forget();
      return within(this.#kernels, texts, () => begin((value) => written.push(value)));
    };
    let generation;
    // At once: who asks next has to know that there is something to wait for.
    await this.#whenFree("usage", () => this.#writing.add((generation = started())), signal);
    const slice = sliced((symbols) => calling("bundle", () => within(this.#kernels, texts, () => generation.advance(symbols))));
    try {
      onRouting?.(JSON.parse(generation.routing()));
      for (let more = true; more; ) {
        more = slice();
        if (written.length > 0) {
          onBytes?.(Uint8Array.from(written));
          written = [];
        }
        await this.#pause(signal);
      }
      return JSON.parse(end(generation));
    } finally {
      generation.close();
      forget();
      this.#finish(generation);
    }
  }

  /** Lets others have their turn. */
  async #pause(signal) {
    await this.#host.pause();
    signal?.throwIfAborted();
    this.#requireOpen();
  }

  /** What was being written or read gives others its memory. */
  #finish(writing) {
    this.#writing.delete(writing);
    this.#wake();
  }

  #wake() {
    this.#line.forEach((waiting) => waiting.wake());
  }

  /**
   * Calls once there is memory, which answers that are being written give back when they end. As in the JVM, a later call for which
   * there is room may pass one for which there is none, but so often only.
   */
  async #whenFree(code, call, signal) {
    const waiting = { passed: 0, wake() {} };
    const stop = () => waiting.wake();
    signal?.addEventListener("abort", stop);
    this.#line.add(waiting);
    try {
      for (;;) {
        signal?.throwIfAborted();
        this.#requireOpen();
        const line = [...this.#line];
        const earlier = line.slice(0, line.indexOf(waiting));
        if (earlier.every(({ passed }) => passed < MOST_PASSES)) {
          try {
            const result = calling(code, call);
            earlier.forEach((each) => each.passed++);
            return result;
          } catch (error) {
            if (error.code !== "memory" || this.#writing.size === 0) {
              throw error;
            }
          }
        }
        await new Promise((resolve) => (waiting.wake = resolve));
      }
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#line.delete(waiting);
      // Whoever may not pass this one may go on.
      if (waiting.passed === MOST_PASSES) {
        this.#wake();
      }
    }
  }

  #requireOpen() {
    if (this.#runtime === undefined) {
      throw closedError();
    }
  }

  /** Begins a request with tools; returns its number. */
  async beginTools(request) {
    const tools = calling("usage", () => this.#structured().beginTools(this.#runtime, JSON.stringify(request)));
    this.#requests.set(++this.#lastRequest, tools);
    return this.#lastRequest;
  }

  /**
   * Takes what became of the last call, {result} as JSON or {error}, where there was one, and writes to the next call or the answer.
   */
  async continueTools(number, outcome, events) {
    events.signal?.throwIfAborted();
    const tools = this.#requests.get(number);
    if (outcome?.error !== undefined) {
      calling("usage", () => tools.fail(outcome.error));
    } else if (outcome !== undefined) {
      calling("usage", () => tools.resume(outcome.result));
    }
    return this.#write((listener) => tools.write(listener), events, (generation) => tools.step(generation), []);
  }

  async endTools(number) {
    this.#requests.delete(number);
  }

  async fit(conversation) {
    return JSON.parse(calling("usage", () => this.#structured().fit(this.#runtime, JSON.stringify(conversation))));
  }

  /** Calls what sessions are asked: see text-sessions.js. */
  async sessions(name, args, events) {
    const build = this.#structured();
    if (this.#sessions === undefined) {
      const { TextSessions } = await import("./text-sessions.js");
      this.#requireOpen();
      this.#sessions ??= new TextSessions(build, this.#runtime, {
        pause: (signal) => this.#pause(signal),
        whenFree: (call, signal) => this.#whenFree("usage", call, signal),
        write: (begin, listeners) => this.#write(begin, listeners, (generation) => generation.answer()),
        begin: (reading) => this.#writing.add(reading),
        finish: (reading) => this.#finish(reading),
      });
    }
    return this.#sessions[name](...args, events);
  }

  async route(prompt) {
    return JSON.parse(calling("usage", () => this.#runtime.route(asSigned(prompt))));
  }

  async predict(prompt, most) {
    return JSON.parse(await this.#whenFree("usage", () => reading(this.#kernels, () => this.#runtime.predict(asSigned(prompt), most))));
  }

  /** Scores {context, continuation, ends} in order; neighbours with one context share the reading of it. */
  async logLikelihoods(requests, experts) {
    const contexts = requests.map(({ context }) => asSigned(context));
    const continuations = requests.map(({ continuation }) => asSigned(continuation));
    const endings = Int8Array.from(requests, ({ ends }) => (ends ? 1 : 0));
    return JSON.parse(await this.#whenFree("usage", () => reading(this.#kernels, () => this.#runtime.logLikelihoods(contexts, continuations, endings, experts))));
  }

  async memory() {
    return { ...JSON.parse(this.#runtime.memory()), loopBytes: this.#kernels?.bytes ?? 0 };
  }

  close() {
    this.#runtime = undefined;
    this.#sessions = undefined;
    this.#writing.forEach((generation) => generation.close());
    this.#wake();
  }
}
