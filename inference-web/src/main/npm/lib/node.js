// What the package needs of Node.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { RetortError } from "./errors.js";
import { fetchOverHttp } from "./http.js";

/** Files by digest in a directory; written under another name first, so that no half file has a digest's name. */
class DirectoryCache {
  #directory;

  constructor(directory) {
    this.#directory = directory;
  }

  #pathOf(name) {
    const file = /^[0-9a-f]{64}$/.test(name) ? name : `sums-${createHash("sha256").update(name).digest("hex")}`;
    return path.join(this.#directory, file);
  }

  async get(name) {
    try {
      return new Uint8Array(await readFile(this.#pathOf(name)));
    } catch (error) {
      if (error.code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
  }

  async put(name, bytes) {
    const target = this.#pathOf(name);
    const begun = `${target}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await mkdir(this.#directory, { recursive: true });
    await writeFile(begun, bytes);
    await rename(begun, target);
  }

  async remove(name) {
    await rm(this.#pathOf(name), { force: true });
  }
}

async function fetchFile(url, signal) {
  const { size } = await stat(url).catch((cause) => {
    throw new RetortError("network", `expected ${url} to be there, found: ${cause.message}`, { cause });
  });
  return { announced: size, chunks: createReadStream(fileURLToPath(url), { signal }).iterator({ destroyOnReturn: true }) };
}

export const nodeHost = {
  /** The absolute URL of a bundle's directory, which may be given by its path. */
  locate: (bundle) => (/^[a-z]+:\/\//i.test(String(bundle)) ? new URL(String(bundle)).href : pathToFileURL(path.resolve(String(bundle))).href),
  fetch: (url, signal) => (url.protocol === "file:" ? fetchFile(url, signal) : fetchOverHttp(url, signal)),
  digest: () => {
    const hash = createHash("sha256");
    return { update: (chunk) => hash.update(chunk), finish: async () => hash.digest("hex") };
  },
  cache: async (wanted) => (typeof wanted === "string" ? new DirectoryCache(path.resolve(wanted)) : undefined),
  /** Node's fetch reads no files. */
  wasm: (url) => readFile(url),
  bytes: (url) => readFile(url),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  startWorker: async () => {
    const worker = new Worker(new URL("./node-worker.js", import.meta.url));
    return {
      post: (message) => worker.postMessage(message),
      onMessage: (listener) => worker.on("message", listener),
      onFailure: (listener) => {
        worker.on("error", (error) => listener(error.message));
        worker.on("exit", (code) => listener(`exit with ${code}`));
      },
      hold: (wanted) => (wanted ? worker.ref() : worker.unref()),
      terminate: () => void worker.terminate(),
    };
  },
};
