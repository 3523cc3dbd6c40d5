// Fetches over HTTP, in browsers and in Node.
import { RetortError } from "./errors.js";

async function* chunksOf(body) {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value;
    }
  } finally {
    await reader.cancel();
  }
}

/** Returns the length that was announced, 0 where none was, and the bytes as they come. */
export async function fetchOverHttp(url, signal) {
  let response;
  try {
    // What is kept is kept by digest, so the browser's own cache would only hold everything twice.
    response = await fetch(url, { signal, cache: "no-store" });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new RetortError("network", `expected an answer from ${url}, found: ${cause.message}`, { cause });
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new RetortError("network", `expected ${url} to be there, found status ${response.status}`);
  }
  const announced = Number(response.headers.get("content-length") ?? 0);
  return { announced, chunks: guarded(chunksOf(response.body), url, signal) };
}

/** A connection that breaks half-way is a fault of the network too. */
async function* guarded(chunks, url, signal) {
  try {
    yield* chunks;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new RetortError("network", `expected all of ${url}, found: ${cause.message}`, { cause });
  }
}
