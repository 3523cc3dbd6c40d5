// A session in a worker, and its shadow on the other side: the same functions over messages.
import { RetortError, closedError, packError, unpackError } from "./errors.js";
import { Session } from "./session.js";

/**
 * Serves one session to whoever posts. A request is {id, name, args}; {cancel: id} ends one. Replies are {id, result},
 * {id, error} and, before these, any number of {id, event, value}, which the listener of that name is told.
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
    const events = { onProgress: tell("onProgress"), onRouting: tell("onRouting"), onBytes: tell("onBytes"), signal: controller.signal };
    try {
      let result;
      if (name === "open") {
        session = await Session.open(host, args[0], events);
        const { engine, loops, loopsProblem, bundle, experts } = session;
        result = { engine, loops, loopsProblem, bundle, experts };
      } else {
        result = await session[name](...args, events);
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

  static async open(host, options, events) {
    const session = new WorkerSession(await host.startWorker());
    try {
      Object.assign(session, await session.#ask("open", [options], events));
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  // The functions of a session, of which the first three have listeners and a signal behind what is posted.
  static {
    for (const name of ["generate", "continueTools", "sessions"]) {
      this.prototype[name] = function (...args) {
        return this.#ask(name, args.slice(0, -1), args.at(-1));
      };
    }
    for (const name of ["route", "predict", "logLikelihoods", "memory", "beginTools", "endTools", "fit"]) {
      this.prototype[name] = function (...args) {
        return this.#ask(name, args);
      };
    }
  }

  close() {
    this.#worker.terminate();
    this.#die(closedError());
  }

  #ask(name, args, events = {}) {
    const { signal } = events;
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
