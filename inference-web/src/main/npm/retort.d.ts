/** An expert that takes part in an answer; the weights of an answer's experts add up to 1. */
export interface ExpertWeight {
  readonly id: string;
  readonly domain: string;
  readonly weight: number;
}

/** Who answers a prompt. */
export interface Routing {
  /** The probability, 0 to 1, that the router gave the heaviest expert. */
  readonly confidence: number;
  /** How much less the router knows the prompt than those it was trained on; where the bundle's router tells. */
  readonly novelty?: number;
  /** Whether that is so much that no expert may know an answer. */
  readonly unknown?: boolean;
  /** Heaviest first. */
  readonly experts: readonly ExpertWeight[];
}

export interface Answer extends Routing {
  /** What was generated, as text; bytes that are no UTF-8 become U+FFFD. */
  readonly text: string;
  /** What was generated, byte by byte. */
  readonly bytes: Uint8Array;
  readonly stop: "end_of_text" | "byte_limit" | "context_limit" | "stop_text";
  /** Of what was generated, in nats. */
  readonly logLikelihood: number;
  /** Name and version of the bundle. */
  readonly bundle: string;
}

/** What may come next after a prompt. Bytes other than printable ASCII and newline are left out. */
export interface Prediction extends Routing {
  /** Natural logarithm of the probability that the text ends. */
  readonly end: number;
  /** Likeliest first, with natural logarithms. */
  readonly next: readonly { readonly byte: number; readonly logProbability: number }[];
}

/** How far the download of a bundle is. */
export interface Progress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Of bytesDone, those that an earlier visit had kept. */
  readonly bytesFromCache: number;
  readonly filesDone: number;
  readonly filesTotal: number;
}

export interface InitializeOptions {
  /**
   * The directory of a bundle by its URL (in Node also by its path), its files by path, or the Files of a directory that a
   * person chose.
   */
  bundle: string | URL | ReadonlyMap<string, Uint8Array> | Iterable<File>;
  /** "auto" takes WebAssembly where the host has WebAssembly GC, else JavaScript. Answers are the same. */
  engine?: "auto" | "webassembly" | "javascript";
  /** The most bytes of decoded weights; a bundle with more is refused before they are fetched. */
  maxMemory?: number;
  /** Whether all work is done in a worker (a Web Worker, in Node a worker thread). */
  enableWebWorkers?: boolean;
  /**
   * Where files are kept for the next visit, by their digest. In browsers they are kept in Cache Storage unless this is
   * false; in Node nothing is kept unless this is a directory.
   */
  cache?: boolean | string;
  /**
   * Fingerprints of keys, the SHA-256 of a key's 32 bytes in hexadecimal. A bundle that none of them has signed is refused
   * before anything else of it is looked at. Without this no signature is looked at.
   */
  trustedKeys?: readonly string[];
  /** Told as the bytes of a bundle arrive. */
  onProgress?: (progress: Progress) => void;
  /** Ends the download. */
  signal?: AbortSignal;
}

/** Who answers: the router's choice, all experts alike, or the expert with this id. */
export type Experts = "routed" | "all" | (string & {});

export interface RequestOptions {
  /** The longest answer in bytes; 1024 where it is not given. */
  maxBytes?: number;
  /** 0, the default, always takes the likeliest; 1 draws as the experts say. */
  temperature?: number;
  /** Draws among the fewest that hold this share of probability; 1 for all. */
  topP?: number;
  /** Draws among so many of the likeliest; 0 for all. */
  topK?: number;
  /** The same seed writes the same answer. */
  seed?: number;
  /** At most 16 texts at which the answer ends; none is part of it. */
  stop?: string | readonly string[];
  experts?: Experts;
  /** Told who answers, before the first byte. */
  onRouting?: (routing: Routing) => void;
  /** Told each byte, 0 to 255, as soon as it is certain. */
  onToken?: (byte: number) => void;
  /** Told pieces of text as they come, whole characters only. */
  onText?: (piece: string) => void;
  /** Ends the answer: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** What to score: a continuation after a context, and the end of the text behind it where `ends` says so. */
export interface ScoringRequest {
  context?: string | Uint8Array;
  continuation: string | Uint8Array;
  ends?: boolean;
}

/** Bytes of weights that a runtime holds. */
export interface MemoryUsage {
  readonly expertBytes: number;
  readonly routerBytes: number;
  readonly activeExperts: number;
}

/** What goes wrong; `code` tells kinds apart, `message` says what was expected and what was found. */
export declare class RetortError extends Error {
  readonly code: "usage" | "network" | "size" | "digest" | "signature" | "bundle" | "memory" | "engine" | "closed";
}

/** An opened bundle. Requests may overlap. */
export declare class Retort {
  private constructor();
  /** Opens a bundle; rejects with what is wrong where its files are not as its digests say. */
  static initialize(options: InitializeOptions): Promise<Retort>;
  /** Which of the two builds runs. */
  readonly engine: "webassembly" | "javascript";
  /** Name and version of the bundle. */
  readonly bundle: string;
  /** Those of the bundle, in its order. */
  readonly experts: readonly { readonly id: string; readonly domain: string; readonly parameters: number }[];
  /** Answers a prompt, which is given a final newline where it has none. */
  processRequest(prompt: string | Uint8Array, options?: RequestOptions): Promise<Answer>;
  /** Returns who would answer a prompt. */
  route(prompt: string | Uint8Array): Promise<Routing>;
  /** Returns what may come after a prompt, the `most` likeliest bytes (10 where it is not given). */
  predict(prompt: string | Uint8Array, options?: { most?: number }): Promise<Prediction>;
  /** Returns the confidence of the router for a prompt, or for the last one that was routed. */
  getConfidence(prompt?: string | Uint8Array): Promise<number>;
  /** Returns log-likelihoods in nats, in order. Contexts are taken as they are; nothing is added to them. */
  logLikelihoods(requests: readonly ScoringRequest[], options?: { experts?: Experts }): Promise<number[]>;
  getMemoryUsage(): Promise<MemoryUsage>;
  /** Ends what runs and frees the bundle. */
  close(): void;
}
