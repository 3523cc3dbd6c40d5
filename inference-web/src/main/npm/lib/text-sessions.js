// Sessions of this thread, by number. What one is asked is done in the order in which it was asked.
import { RetortError } from "./errors.js";
import { asSigned, calling, sliced } from "./session.js";

/** Fewer take hardly less time: what a piece costs by itself is as much. */
const LEAST_SYMBOLS_AT_ONCE = 8;

const closedSession = () => new RetortError("closed", "expected an open session, found one that was closed");

/**
 * What they remember of texts is in arrays that the host collects, not in the loops' memory, because the runtime may give it up at any
 * time.
 */
export class TextSessions {
  #build;
  #runtime;
  #turns;
  #sessions = new Map();

  /** @param turns {pause, whenFree, write, begin, finish} of the thread */
  constructor(build, runtime, turns) {
    this.#build = build;
    this.#runtime = runtime;
    this.#turns = turns;
  }

  /** Opens one of {prompt, experts, maxSymbols}, of which all is read, or of what was {saved}, which is read when it is asked. */
  async open(number, { prompt, experts, maxSymbols, saved }, { signal }) {
    signal?.throwIfAborted();
    const text = calling("usage", () =>
      saved === undefined
        ? this.#build.openSession(this.#runtime, asSigned(prompt), experts, maxSymbols)
        : this.#build.restoreSession(this.#runtime, asSigned(saved)),
    );
    try {
      if (saved === undefined) {
        await this.#read(text, signal);
      }
    } catch (error) {
      text.close();
      throw error;
    }
    this.#sessions.set(number, { text, closing: new AbortController(), last: Promise.resolve() });
    return JSON.parse(text.describe());
  }

  read(number, more, { signal }) {
    return this.#inTurn(number, signal, async (text, stop) => {
      calling("usage", () => text.append(asSigned(more)));
      try {
        await this.#read(text, stop);
      } catch (error) {
        // One that was closed meanwhile has no text.
        if (this.#sessions.has(number)) {
          text.takeBack(more.length);
        }
        throw error;
      }
    });
  }

  generate(number, options, schema, events) {
    const asked = JSON.stringify(options);
    return this.#inTurn(number, events.signal, async (text, signal) => {
      await this.#read(text, signal);
      const begin = (listener) => (schema === undefined ? text.begin(asked, listener) : text.beginJson(asked, schema, listener));
      return this.#turns.write(begin, { ...events, signal });
    });
  }

  predict(number, most, { signal }) {
    return this.#inTurn(number, signal, async (text, stop) => {
      await this.#read(text, stop);
      return JSON.parse(await this.#turns.whenFree(() => text.predict(most), stop));
    });
  }

  logLikelihood(number, continuation, ends, { signal }) {
    return this.#inTurn(number, signal, async (text, stop) => {
      await this.#read(text, stop);
      return this.#turns.whenFree(() => text.logLikelihood(asSigned(continuation), ends), stop);
    });
  }

  getText(number, { signal }) {
    return this.#inTurn(number, signal, (text) => ({ bytes: new Uint8Array(text.text()), symbols: text.symbols() }));
  }

  save(number, { signal }) {
    return this.#inTurn(number, signal, (text) => new Uint8Array(calling("usage", () => text.save())));
  }

  /** Ends what it was asked, and frees it. */
  async close(number) {
    const session = this.#sessions.get(number);
    this.#sessions.delete(number);
    session?.closing.abort(closedSession());
    session?.text.close();
  }

  /** Reads in slices what was not read yet; a question in the same turn finds all of it read. */
  async #read(text, signal) {
    const slice = sliced((symbols) => text.advance(symbols), LEAST_SYMBOLS_AT_ONCE);
    const begin = () => {
      const goesOn = slice();
      if (goesOn) {
        // At once: who asks next has to know that there is something to wait for.
        this.#turns.begin(text);
      }
      return goesOn;
    };
    let more = await this.#turns.whenFree(begin, signal);
    if (!more) {
      return;
    }
    try {
      while (more) {
        await this.#turns.pause(signal);
        more = calling("bundle", slice);
      }
    } finally {
      // Where not all is read, the rest is read when it is next asked.
      text.pause();
      this.#turns.finish(text);
    }
  }

  /** @param call of the session and a signal, which is aborted when the session is closed too */
  #inTurn(number, signal, call) {
    const session = this.#sessions.get(number);
    if (session === undefined) {
      throw closedSession();
    }
    const { text, closing } = session;
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const turn = async () => {
      stop.throwIfAborted();
      return call(text, stop);
    };
    session.last = session.last.then(turn, turn);
    return session.last;
  }
}
