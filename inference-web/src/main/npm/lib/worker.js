// A session in a worker, and its shadow on the other side: the same functions over messages.
import { RetortError, closedError, packError, unpackError } from "./errors.js";
import { Session } from "./session.js";

/**
 * Serves one session to whoever posts. A request is {id, name, args}; {cancel: id} ends one. Replies are {id, result},
 * {id, error} and, before these, any number of {id, event, value}.
 */
export function serveSession(host, post, onMessage) {
  const running = new Map();
  let session;
  onMessage(async ({ id, cancel, name, args }) => {
    if (cancel !== undefined) {
      running.get(cancel)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const tell = (event) => (value) => post({ id, event, value });
    try {
      let result;
      if (name === "open") {
        session = await Session.open(host, args[0], { onProgress: tell("progress"), signal: controller.signal });
        const { engine, loops, loopsProblem, bundle, experts } = session;
        result = { engine, loops, loopsProblem, bundle, experts };
      } else if (name === "generate" || name === "continueTools") {
        const events = { onRouting: tell("routing"), onBytes: tell("bytes"), signal: controller.signal };
        result = await session[name](...args, events);
      } else {
        result = await session[name](...args);
      }
      post({ id, result });
    } catch (error) {
      post({ id, error: packError(error) });
    } finally {
      running.delete(id);
    }
  });
}

export class WorkerSession {
  #worker;
  #waiting = new Map();
  #next = 0;
  #dead;

  constructor(worker) {
    this.#worker = worker;
    worker.onMessage((message) => this.#take(message));
    worker.onFailure((message) => this.#die(new RetortError("engine", `expected the worker to run, found: ${message}`)));
  }

  static async open(host, options, { onProgress, signal } = {}) {
    const session = new WorkerSession(await host.startWorker());
    try {
      Object.assign(session, await session.#ask("open", [options], { progress: onProgress }, signal));
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  generate(prompt, options, schema, { onRouting, onBytes, signal }) {
    return this.#ask("generate", [prompt, options, schema], { routing: onRouting, bytes: onBytes }, signal);
  }

  route(prompt) {
    return this.#ask("route", [prompt]);
  }

  predict(prompt, most) {
    return this.#ask("predict", [prompt, most]);
  }

  logLikelihoods(requests, experts) {
    return this.#ask("logLikelihoods", [requests, experts]);
  }

  memory() {
    return this.#ask("memory", []);
  }

  beginTools(request) {
    return this.#ask("beginTools", [request]);
  }

  continueTools(number, outcome, { onRouting, onBytes, signal }) {
    return this.#ask("continueTools", [number, outcome], { routing: onRouting, bytes: onBytes }, signal);
  }

  endTools(number) {
    return this.#ask("endTools", [number]);
  }

  fit(conversation) {
    return this.#ask("fit", [conversation]);
  }

  close() {
    this.#worker.terminate();
    this.#die(closedError());
  }

  #ask(name, args, events = {}, signal) {
    if (this.#dead) {
      return Promise.reject(this.#dead);
    }
    if (signal?.aborted) {
      return Promise.reject(signal.reason);
    }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      // The caller hears at once; the worker hears between two slices.
      const abort = () => {
        this.#waiting.delete(id);
        this.#release();
        this.#worker.post({ cancel: id });
        reject(signal.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      const done = () => signal?.removeEventListener("abort", abort);
      this.#waiting.set(id, { resolve, reject, events, done });
      this.#worker.hold(true);
      this.#worker.post({ id, name, args });
    });
  }

  /** A worker that nobody waits for does not keep a process alive. */
  #release() {
    this.#worker.hold(this.#waiting.size > 0);
  }

  #take({ id, event, value, result, error }) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) {
      // It was cancelled.
      return;
    }
    if (event !== undefined) {
      try {
        waiting.events[event]?.(value);
      } catch (thrown) {
        // What a listener throws ends its request, as it does without a worker.
        this.#worker.post({ cancel: id });
        this.#finish(id, waiting).reject(thrown);
      }
    } else if (error !== undefined) {
      this.#finish(id, waiting).reject(unpackError(error));
    } else {
      this.#finish(id, waiting).resolve(result);
    }
  }

  #finish(id, waiting) {
    waiting.done();
    this.#waiting.delete(id);
    this.#release();
    return waiting;
  }

  #die(error) {
    this.#dead ??= error;
    for (const [id, waiting] of [...this.#waiting]) {
      this.#finish(id, waiting).reject(this.#dead);
    }
  }
}
