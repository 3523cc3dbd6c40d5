// Sessions as programs have them, in whatever thread the runtime is.
import { RetortError } from "./errors.js";
import { answering, bytesOf } from "./runtime.js";

const DEFAULT_SYMBOLS = 4096;

/** Given here, so that one whose opening is cancelled can be closed. */
let lastNumber = 0;

class Session {
  #runtime;
  #number;
  #open = true;

  constructor(runtime, number, { maxSymbols, ...routing }) {
    this.#runtime = runtime;
    this.#number = number;
    this.maxSymbols = maxSymbols;
    this.routing = Object.freeze(routing);
    Object.freeze(this);
  }

  async read(text) {
    await this.#ask("read", [bytesOf(text)]);
  }

  async generate(options = {}) {
    return answering(options, (generation, schema, events) => this.#ask("generate", [generation, schema], events));
  }

  async predict({ most = 10 } = {}) {
    return this.#ask("predict", [most]);
  }

  async logLikelihood(continuation, { ends = false } = {}) {
    return this.#ask("logLikelihood", [bytesOf(continuation), ends]);
  }

  async getText() {
    const { bytes, symbols } = await this.#ask("getText", []);
    return { text: new TextDecoder().decode(bytes), bytes, symbols };
  }

  async save() {
    return this.#ask("save", []);
  }

  close() {
    this.#open = false;
    forget(this.#runtime, this.#number);
  }

  async #ask(name, args, events = {}) {
    if (!this.#open) {
      throw new RetortError("closed", "expected an open session, found one that was closed");
    }
    return this.#runtime.sessions(name, [this.#number, ...args], events);
  }
}

/** Where the runtime is gone, so is the session. */
function forget(runtime, number) {
  runtime.sessions("close", [number], {}).catch(() => undefined);
}

async function open(runtime, request, signal) {
  const number = ++lastNumber;
  try {
    return new Session(runtime, number, await runtime.sessions("open", [number, request], { signal }));
  } catch (error) {
    forget(runtime, number);
    throw error;
  }
}

export function openSession(runtime, prompt, { experts = "routed", maxSymbols = DEFAULT_SYMBOLS, signal }) {
  return open(runtime, { prompt: bytesOf(prompt), experts, maxSymbols }, signal);
}

export function restoreSession(runtime, saved) {
  if (!(saved instanceof Uint8Array)) {
    throw new RetortError("usage", `expected the bytes of a saved session, found ${typeof saved}`);
  }
  return open(runtime, { saved });
}
