// Fetches a bundle: SHA256SUMS, the manifest, then the rest beside each other, each kept by its digest.
import {
  CHECKSUMS,
  MANIFEST,
  MOST_BYTES_IN_ALL,
  MOST_SIGNATURE_BYTES,
  SIGNATURE,
  mostBytes,
  parseChecksums,
  readManifest,
  requireMemory,
  requireSignature,
} from "./checksums.js";
import { RetortError } from "./errors.js";

const AT_ONCE = 6;

/** The bytes at a URL, refused before or while they arrive where they are more than there may be. */
async function fetchBytes(host, url, most, signal, onBytes) {
  const tooLong = (found) => new RetortError("size", `expected at most ${most} bytes of ${url}, found ${found}`);
  const { announced, chunks } = await host.fetch(url, signal);
  // Some servers announce the length of what they compress; the count below is what holds.
  if (announced > most) {
    await chunks.return?.();
    throw tooLong(announced);
  }
  const parts = [];
  let length = 0;
  const digest = host.digest();
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most) {
      throw tooLong("more");
    }
    digest.update(chunk);
    parts.push(chunk);
    onBytes?.(chunk.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, sha256: await digest.finish(bytes) };
}

/** One download, with its progress. */
class Download {
  #progress = { bytesDone: 0, bytesTotal: 0, bytesFromCache: 0, filesDone: 0, filesTotal: 0 };
  #spent = 0;

  constructor(host, base, cache, { onProgress, signal }) {
    this.host = host;
    this.base = base;
    this.cache = cache;
    this.onProgress = onProgress;
    this.signal = signal;
  }

  expect(files, bytes) {
    this.#advance({ filesTotal: files, bytesTotal: bytes });
  }

  /** Nothing is told before the manifest has said how much there is. */
  #advance(changes) {
    for (const [name, more] of Object.entries(changes)) {
      this.#progress[name] += more;
    }
    if (this.#progress.filesTotal > 0) {
      this.onProgress?.({ ...this.#progress });
    }
  }

  /** SHA256SUMS and its signature are asked for at each visit, so that a bundle can be replaced; offline the kept ones are as good. */
  async current(name, most) {
    const url = new URL(name, this.base);
    try {
      return (await fetchBytes(this.host, url, most, this.signal)).bytes;
    } catch (error) {
      const kept = error.code === "network" ? await this.cache?.get(url.href) : undefined;
      if (kept === undefined) {
        throw error;
      }
      return kept;
    }
  }

  /** Keeps such a file once all that it speaks of is there. */
  async keep(name, bytes) {
    await this.cache?.put(new URL(name, this.base).href, bytes);
  }

  /** A file by its path; what was kept is checked as what arrives is, and fetched again where it was spoilt. */
  async file(path, sha256, size = mostBytes(path)) {
    const kept = await this.cache?.get(sha256);
    if (kept !== undefined) {
      const digest = this.host.digest();
      digest.update(kept);
      if ((await digest.finish(kept)) === sha256) {
        this.#advance({ bytesDone: kept.length, bytesFromCache: kept.length, filesDone: 1 });
        return kept;
      }
      await this.cache.remove(sha256);
    }
    return this.#fetchFile(path, sha256, Math.min(size, mostBytes(path)));
  }

  async #fetchFile(path, sha256, most) {
    const url = new URL(path, this.base);
    if (!url.href.startsWith(this.base.href)) {
      throw new RetortError("bundle", `expected a file below ${this.base}, found ${url}`);
    }
    const found = await fetchBytes(this.host, url, most, this.signal, (count) => {
      this.#spent += count;
      if (this.#spent > MOST_BYTES_IN_ALL) {
        throw new RetortError("size", `expected at most ${MOST_BYTES_IN_ALL} bytes of ${this.base}, found more`);
      }
      this.#advance({ bytesDone: count });
    });
    // Without a digest of the host's own (a page that is not secure) the runtime's check, at opening, is the first.
    if (found.sha256 !== undefined && found.sha256 !== sha256) {
      throw new RetortError("digest", `${path}: expected SHA-256 ${sha256}, found ${found.sha256} at ${url}`);
    }
    if (found.sha256 !== undefined) {
      await this.cache?.put(sha256, found.bytes);
    }
    this.#advance({ filesDone: 1 });
    return found.bytes;
  }
}

/** Runs a task for each item, a few at once; the first failure ends all. */
async function eachOf(items, task) {
  const queue = [...items];
  const runners = Array.from({ length: Math.min(AT_ONCE, queue.length) }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await task(item);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  });
  await Promise.all(runners);
}

/**
 * Fetches the files that SHA256SUMS names.
 *
 * @returns a Map of their bytes by path
 */
export async function downloadBundle(host, directory, { cache, maxMemory, trustedKeys, onProgress, signal }) {
  const base = new URL(directory.endsWith("/") ? directory : `${directory}/`);
  const abort = new AbortController();
  const download = new Download(host, base, cache, {
    onProgress,
    signal: signal ? AbortSignal.any([signal, abort.signal]) : abort.signal,
  });
  try {
    const checksums = await download.current(CHECKSUMS, mostBytes(CHECKSUMS));
    let signature;
    if (trustedKeys !== undefined) {
      signature = await download.current(SIGNATURE, MOST_SIGNATURE_BYTES);
      await requireSignature(signature, checksums, trustedKeys);
    }
    const digests = parseChecksums(checksums);
    const manifest = await download.file(MANIFEST, digests.get(MANIFEST));
    const described = readManifest(manifest);
    requireMemory(described, maxMemory);
    const rest = [...digests.keys()].filter((path) => path !== MANIFEST);
    const total = rest.reduce((sum, path) => sum + (described.sizes.get(path) ?? 0), manifest.length);
    download.expect(digests.size, total);
    const files = new Map([[CHECKSUMS, checksums], [MANIFEST, manifest]]);
    await eachOf(rest, async (path) => {
      files.set(path, await download.file(path, digests.get(path), described.sizes.get(path)));
    });
    await download.keep(CHECKSUMS, checksums);
    if (signature !== undefined) {
      await download.keep(SIGNATURE, signature);
    }
    return files;
  } finally {
    // What is still on its way after a failure is of no use.
    abort.abort();
  }
}
