// Requests with tools. Handlers run on the caller's side, whatever thread the runtime is in.
import { RetortError } from "./errors.js";

/** The handlers by name, once they and the time limit are what they have to be. */
function toolsByName(tools, timeoutMillis) {
  if (!(timeoutMillis > 0 && timeoutMillis < 2 ** 31)) {
    throw new RetortError("usage", `expected a time limit above 0 and below 2^31 as timeoutMillis, found ${timeoutMillis}`);
  }
  if (!Array.isArray(tools) || tools.some((tool) => typeof tool?.name !== "string" || typeof tool.handler !== "function" || tool.parameters === undefined)) {
    throw new RetortError("usage", "expected an array of {name, parameters, handler} as tools, found another");
  }
  return new Map(tools.map(({ name, handler }) => [name, handler]));
}

/**
 * Runs a handler under a time limit; what it throws, no result and a limit that passes become an error that the model sees.
 *
 * @returns {result} as JSON, or {error}
 * @throws the reason of `signal` where it is aborted meanwhile
 */
async function runHandler(handler, args, timeoutMillis, signal) {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let stop;
  const stopped = new Promise((resolve, reject) => {
    stop = () => reject(signal.reason);
    signal?.addEventListener("abort", stop, { once: true });
  });
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ error: `timed out after ${timeoutMillis} ms` }), timeoutMillis);
  });
  try {
    return await Promise.race([outcomeOf(handler, args, controller.signal), late, stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    // A handler that is done does not listen any more.
    controller.abort(signal?.aborted ? signal.reason : new DOMException("the tool's time is over", "TimeoutError"));
  }
}

async function outcomeOf(handler, args, signal) {
  try {
    const result = JSON.stringify(await handler(args, { signal }));
    return result === undefined ? { error: "the tool gave no result" } : { result };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** A conversation, of which the last turn is the request. */
function asConversation(prompt) {
  const { pinned = "", turns } = typeof prompt === "string" ? { turns: [prompt] } : prompt;
  if (!(turns?.length > 0)) {
    throw new RetortError("usage", "expected a text or a conversation of at least one turn, found none");
  }
  return { pinned, turns: turns.slice(0, -1), request: turns.at(-1) };
}

/**
 * Answers a request, running the tools that the model calls.
 *
 * @param generation options of each call and of the answer
 * @param newWritten makes what gathers the bytes of each
 */
export async function runTools(session, prompt, options, generation, newWritten) {
  const { tools, firstCall = false, maxRounds = 4, maxResultBytes = 2048, timeoutMillis = 10_000, windowSymbols = 0 } = options;
  const { onCall, onRouting, signal } = options;
  const handlers = toolsByName(tools, timeoutMillis);
  const number = await session.beginTools({
    ...asConversation(prompt),
    tools: tools.map(({ name, parameters }) => ({
      name,
      parameters: typeof parameters === "string" ? parameters : JSON.stringify(parameters),
    })),
    choice: firstCall ? "call_first" : "model",
    maxRounds,
    maxResultBytes,
    symbols: windowSymbols,
    generation,
  });
  try {
    for (let outcome; ; ) {
      const written = newWritten();
      const events = { onRouting: (routing) => onRouting?.(routing), onBytes: (bytes) => written.take(bytes), signal };
      const step = await session.continueTools(number, outcome, events);
      if (step.tool === undefined) {
        return written.finish(step);
      }
      onCall?.(step);
      outcome = await runHandler(handlers.get(step.tool), step.arguments, timeoutMillis, signal);
    }
  } finally {
    // Where the session is gone, so is the request.
    session.endTools(number).catch(() => undefined);
  }
}
