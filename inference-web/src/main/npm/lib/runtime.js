// The package's face, the same in browsers and in Node.
import { RetortError, closedError, expect, expectInteger, expectOneOf } from "./errors.js";
import { Session } from "./session.js";
import { WorkerSession } from "./worker.js";

const DEFAULT_MAX_BYTES = 1024;
/** More than any bundle has. */
const MOST_EXPERTS = 2 ** 30;
const ENGINES = ["auto", "webassembly", "javascript"];
/** The runtime's own: so many symbols, longer prompts refused, 32 bits. */
const STANDARD_TEXTS = [36_864, false, 32];

export function bytesOf(text) {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/** Experts are trained on prompts that end with a newline. */
function promptBytes(prompt) {
  const bytes = bytesOf(prompt);
  if (bytes.length > 0 && bytes[bytes.length - 1] === 10) {
    return bytes;
  }
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  ended[bytes.length] = 10;
  return ended;
}

/** All options of a generation that the runtime has. */
function generationOptions({ maxBytes = DEFAULT_MAX_BYTES, temperature = 0, topP = 1, topK = 0, seed = 0, stop = [], experts = "routed" }) {
  return { maxBytes, temperature, topP, topK, seed, stop: [stop].flat(), experts };
}

/** Gathers bytes as they come, and tells listeners of them. */
class Written {
  #decoder = new TextDecoder();
  #all = [];

  constructor({ onToken, onText }) {
    this.onToken = onToken;
    this.onText = onText;
  }

  take(bytes) {
    for (const value of bytes) {
      this.#all.push(value);
      this.onToken?.(value);
    }
    this.#tell(this.onText && this.#decoder.decode(bytes, { stream: true }));
  }

  #tell(piece) {
    if (piece) {
      this.onText(piece);
    }
  }

  /** The answer as programs have it: its text and its bytes are what was told. */
  finish({ hex, ...answer }) {
    this.#tell(this.onText && this.#decoder.decode());
    const bytes = Uint8Array.from(this.#all);
    return { ...answer, text: new TextDecoder().decode(bytes), bytes };
  }
}

/** Asks for an answer by its options, the text of its schema and listeners, and returns it as programs have it. */
export async function answering(options, ask) {
  const { jsonSchema, onRouting, signal } = options;
  const written = new Written(options);
  const schema = typeof jsonSchema === "object" ? JSON.stringify(jsonSchema) : jsonSchema;
  const events = { onRouting: (routing) => onRouting?.(routing), onBytes: (bytes) => written.take(bytes), signal };
  return written.finish(await ask(generationOptions(options), schema, events));
}

/** A bundle as sessions take it: the URL of its directory as text, or a Map of bytes by path. */
async function locate(host, bundle) {
  if (typeof bundle === "string" || bundle instanceof URL) {
    return host.locate(bundle);
  }
  if (bundle instanceof Map) {
    return bundle;
  }
  if (typeof bundle?.[Symbol.iterator] === "function") {
    // Files as a page has them of a directory that was chosen: their paths begin with its name.
    const entries = Array.from(bundle, async (file) => {
      const path = file.webkitRelativePath?.split("/").slice(1).join("/") || file.name;
      return [path, new Uint8Array(await file.arrayBuffer())];
    });
    return new Map(await Promise.all(entries));
  }
  throw new RetortError("usage", `expected a URL, a Map of files or a list of Files as bundle, found ${bundle}`);
}

export function retortFor(host) {
  return class Retort {
    #session;
    #lastConfidence;

    constructor(session) {
      this.#session = session;
      this.engine = session.engine;
      this.loops = session.loops;
      this.loopsProblem = session.loopsProblem;
      this.bundle = session.bundle;
      this.experts = session.experts;
      Object.freeze(this);
    }

    static async initialize(options) {
      const { bundle, engine = "auto", maxMemory = Infinity, expertCacheSize = MOST_EXPERTS, structured = false, enableWebWorkers = false } = options;
      const { maxSymbols, longPrompt, memoryFormat, cache, trustedKeys, onProgress, signal } = options;
      expectOneOf(ENGINES, "engine", engine);
      expect(maxMemory > 0, "a positive number of bytes", "maxMemory", maxMemory);
      expectInteger(1, MOST_EXPERTS, "expertCacheSize", expertCacheSize);
      expect(
        trustedKeys === undefined || (Array.isArray(trustedKeys) && trustedKeys.every((key) => /^[0-9a-f]{64}$/.test(key))),
        "fingerprints of 64 hexadecimal digits",
        "trustedKeys",
        trustedKeys,
      );
      signal?.throwIfAborted();
      const kind = enableWebWorkers ? WorkerSession : Session;
      const located = await locate(host, bundle);
      // Only who says how texts are read loads what checks it.
      const isStandard = (maxSymbols ?? longPrompt ?? memoryFormat) === undefined;
      const texts = isStandard ? STANDARD_TEXTS : (await import("./text-options.js")).textOptions(options);
      return new Retort(await kind.open(host, { bundle: located, engine, cache, maxMemory, expertCacheSize, texts, structured, trustedKeys }, { onProgress, signal }));
    }

    async processRequest(prompt, options = {}) {
      const session = this.#open();
      const answer = await answering(options, (...asked) => session.generate(promptBytes(prompt), ...asked));
      this.#lastConfidence = answer.confidence;
      return answer;
    }

    async openSession(prompt, options = {}) {
      const session = this.#open();
      // Only who has sessions loads what runs them.
      const { openSession } = await import("./sessions.js");
      return openSession(session, prompt, options);
    }

    async restoreSession(saved) {
      const session = this.#open();
      const { restoreSession } = await import("./sessions.js");
      return restoreSession(session, saved);
    }

    async runTools(prompt, options) {
      const session = this.#open();
      // Only who has tools loads what runs them.
      const { runTools } = await import("./tools.js");
      return runTools(session, prompt, options, generationOptions({ maxBytes: 256, ...options }), () => new Written(options));
    }

    async fitContext({ pinned = "", turns = [], windowSymbols = 0, answerSymbols = 3 * DEFAULT_MAX_BYTES, longTurn = "refuse" }) {
      return this.#open().fit({ pinned, turns, symbols: windowSymbols, answerSymbols, longTurn });
    }

    async route(prompt) {
      const routing = await this.#open().route(promptBytes(prompt));
      this.#lastConfidence = routing.confidence;
      return routing;
    }

    async predict(prompt, { most = 10 } = {}) {
      const prediction = await this.#open().predict(promptBytes(prompt), most);
      this.#lastConfidence = prediction.confidence;
      return prediction;
    }

    async getConfidence(prompt) {
      if (prompt !== undefined) {
        return (await this.route(prompt)).confidence;
      }
      if (this.#lastConfidence === undefined) {
        throw new RetortError("usage", "expected a prompt, or an earlier one to tell the confidence of, found neither");
      }
      return this.#lastConfidence;
    }

    async logLikelihoods(requests, { experts = "routed" } = {}) {
      const packed = requests.map(({ context = "", continuation, ends = false }) => ({
        context: bytesOf(context),
        continuation: bytesOf(continuation),
        ends,
      }));
      return this.#open().logLikelihoods(packed, experts);
    }

    async getMemoryUsage() {
      return this.#open().memory();
    }

    close() {
      this.#session?.close();
      this.#session = undefined;
    }

    #open() {
      if (this.#session === undefined) {
        throw closedError();
      }
      return this.#session;
    }
  };
}
