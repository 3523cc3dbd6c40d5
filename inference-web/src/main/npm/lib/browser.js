// What the package needs of a browser.
import { fetchOverHttp } from "./http.js";

const CACHE_NAME = "retort-bundles";
/** Keys of Cache Storage are URLs; ".invalid" is never anybody's (RFC 2606). */
const keyOf = (name) => (/^[0-9a-f]{64}$/.test(name) ? `https://retort.invalid/sha256/${name}` : name);

class BrowserCache {
  #cache;

  constructor(cache) {
    this.#cache = cache;
  }

  async get(name) {
    const response = await this.#cache.match(keyOf(name));
    return response && new Uint8Array(await response.arrayBuffer());
  }

  /** A full disk is no reason not to answer: the next visit fetches again. */
  async put(name, bytes) {
    try {
      await this.#cache.put(keyOf(name), new Response(bytes));
    } catch (error) {
      console.warn(`retort: expected room in the browser's cache, found: ${error.message}`);
    }
  }

  async remove(name) {
    await this.#cache.delete(keyOf(name));
  }
}

const hexOf = (bytes) => Array.from(bytes, (value) => value.toString(16).padStart(2, "0")).join("");

const resumed = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => resumed.shift()();

export const browserHost = {
  /** The absolute URL of a bundle's directory. */
  locate: (bundle) => new URL(String(bundle), globalThis.location?.href).href,
  fetch: fetchOverHttp,
  /** SubtleCrypto knows no increments, but is many times as fast as any script: it takes the whole at the end. */
  digest: () => ({
    update: () => undefined,
    finish: async (bytes) =>
      globalThis.crypto?.subtle && hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))),
  }),
  /** Cache Storage, where the page is secure and lets it; pages of private windows may be refused. */
  cache: async (wanted) => {
    if (wanted === false || !globalThis.crypto?.subtle || globalThis.caches === undefined) {
      return undefined;
    }
    try {
      return new BrowserCache(await caches.open(CACHE_NAME));
    } catch (error) {
      console.warn(`retort: expected a cache, found: ${error.message}`);
      return undefined;
    }
  },
  wasm: async (url) => url.href,
  bytes: async (url) => {
    const response = await fetch(url);
    if (!response.ok) {
      throw new Error(`expected ${url}, found HTTP status ${response.status}`);
    }
    return response.arrayBuffer();
  },
  /** Lets the page paint and messages arrive. Timers would wait 4 milliseconds each. */
  pause: () =>
    new Promise((resolve) => {
      resumed.push(resolve);
      channel.port2.postMessage(0);
    }),
  startWorker: async () => {
    const worker = new Worker(new URL("./browser-worker.js", import.meta.url), { type: "module", name: "retort" });
    return {
      post: (message) => worker.postMessage(message),
      onMessage: (listener) => worker.addEventListener("message", (event) => listener(event.data)),
      onFailure: (listener) => worker.addEventListener("error", (event) => listener(event.message ?? "no reason given")),
      hold: () => undefined,
      terminate: () => worker.terminate(),
    };
  },
};
