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
  /** How many bytes of the prompt's start were left out, where it was too long and `longPrompt` is "slide". */
  readonly droppedBytes?: number;
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
  /**
   * The most bytes of stored experts, decoded experts and texts that are being read or written. Experts are decoded when they are
   * needed and given up for others. Where there will be no room for the largest, the bundle is refused before it is fetched.
   */
  maxMemory?: number;
  /** How many experts stay decoded; a text that is read by more has them all until it ends. As many as there is room for where it is not given. */
  expertCacheSize?: number;
  /**
   * The longest text in symbols, prompt and answer together: one a byte of printable ASCII or newline, three another, one for the
   * start. 64 to 442,368; 36,864 where it is not given.
   */
  maxSymbols?: number;
  /** What becomes of a prompt to answer that is longer: an error (the default), or its start is left out. */
  longPrompt?: "refuse" | "slide";
  /**
   * How attention remembers texts: floats of 32 bits (the default), or integers of 16 or 8 bits, which take about half or a third of
   * the memory of long texts, longer to read, and may change answers. Those need `structured`.
   */
  memoryFormat?: "f32" | "int16" | "int8";
  /** Whether schemas, tools, windows of conversations and sessions can be used: a larger build, which has them, is loaded. */
  structured?: boolean;
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
  /** A JSON schema, or its text, that the answer matches; docs/tools.md has the subset. Needs `structured`. */
  jsonSchema?: object | string;
  /** Told who answers, before the first byte. */
  onRouting?: (routing: Routing) => void;
  /** Told each byte, 0 to 255, as soon as it is certain. */
  onToken?: (byte: number) => void;
  /** Told pieces of text as they come, whole characters only. */
  onText?: (piece: string) => void;
  /** Ends the answer: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

export interface SessionOptions {
  experts?: Experts;
  /** That its text may have, the start included; 4096 where it is not given. Its memory is allocated for so many. */
  maxSymbols?: number;
  /** Ends the reading of the first text; the session is closed. */
  signal?: AbortSignal;
}

/**
 * A text that grows, whose first bytes chose the experts. What it is asked is done in the order in which it was asked, and reads only
 * what is new of the text. Texts are taken as they are; nothing is added to them.
 *
 * Between calls it gives its memory to others who need it, and reads its text again when it is next asked.
 */
export interface Session {
  /** Who answers, from its beginning to its end. */
  readonly routing: Routing;
  readonly maxSymbols: number;
  /** Reads on. Rejects with `usage` where the text would pass `maxSymbols`, and is as it was. */
  read(text: string | Uint8Array): Promise<void>;
  /** Writes what follows, which becomes part of the text; of an answer that is cancelled, what was written until then. */
  generate(options?: Omit<RequestOptions, "experts">): Promise<Answer>;
  /** Returns what may come next, the `most` likeliest bytes (10 where it is not given). */
  predict(options?: { most?: number }): Promise<Prediction>;
  /** Returns the log-likelihood in nats of a continuation, and of the end behind it where `ends`; it does not become part of the text. */
  logLikelihood(continuation: string | Uint8Array, options?: { ends?: boolean }): Promise<number>;
  /** Returns all that was read and written. */
  getText(): Promise<SessionText>;
  /** Returns the bytes that `restoreSession` makes this session of again, in any host and in the JVM: its text and who answers. */
  save(): Promise<Uint8Array>;
  /** Ends what it was asked, and frees it. */
  close(): void;
}

/** The text of a session; bytes that are no UTF-8 become U+FFFD in `text`. */
export interface SessionText {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly symbols: number;
}

/** What to score: a continuation after a context, and the end of the text behind it where `ends` says so. */
export interface ScoringRequest {
  context?: string | Uint8Array;
  continuation: string | Uint8Array;
  ends?: boolean;
}

/** A tool that the model can call. */
export interface Tool<Arguments = any> {
  /** 1 to 64 letters, digits, hyphens and underscores. */
  name: string;
  /** A JSON schema of an object, or its text. */
  parameters: object | string;
  /**
   * Does what the tool is for, on the caller's side also where the runtime is in a worker. What it throws becomes a result that the
   * model sees. The signal is aborted when the time limit passes or the request ends.
   */
  handler: (args: Arguments, context: { signal: AbortSignal }) => unknown;
}

/** Turns in order, each a whole piece of the text with its line ends; `pinned` stands first whatever is left out. */
export interface Conversation {
  pinned?: string;
  turns: readonly string[];
}

/** A turn, or a round of a tool, that was left out. */
export interface DroppedTurn {
  readonly index: number;
  readonly symbols: number;
  readonly extent: "whole" | "start";
}

export interface ToolCall {
  /** From 1. */
  readonly round: number;
  readonly tool: string;
  readonly arguments: any;
}

/** A call with its result, JSON as the model was shown it. */
export interface ToolRound extends ToolCall {
  readonly result: string;
}

/** Beside the options of an answer, of which `maxBytes` is 256 where it is not given. */
export interface ToolOptions extends Omit<RequestOptions, "jsonSchema"> {
  tools: readonly Tool[];
  /** Whether the first thing that the model writes is a call; else it decides. */
  firstCall?: boolean;
  /** Of calls, 0 to 100, 4 where it is not given; behind the last the model has to answer. */
  maxRounds?: number;
  /** Of a result that the model sees; 2048 where it is not given. */
  maxResultBytes?: number;
  /** The time limit of a handler; 10 seconds where it is not given. */
  timeoutMillis?: number;
  /** The window that all of it is kept in; all that can be read where it is not given. */
  windowSymbols?: number;
  /** Told each call before its handler runs. */
  onCall?: (call: ToolCall) => void;
}

/** How a request with tools ended. */
export interface ToolAnswer extends Answer {
  /** Whether `text` is a call that a limit cut, and nothing was run. */
  readonly cut: boolean;
  readonly rounds: readonly ToolRound[];
  /** The rounds that the model did not see when it answered. */
  readonly dropped: readonly DroppedTurn[];
  /** The turns in front of the request that had no room. */
  readonly droppedTurns: readonly DroppedTurn[];
}

export interface FitOptions extends Conversation {
  /** Of the whole window, answer included; all that can be read where it is not given. */
  windowSymbols?: number;
  /** Kept free for the answer; 3072 where it is not given. */
  answerSymbols?: number;
  /** What becomes of a newest turn that is too long by itself. */
  longTurn?: "refuse" | "cut_start";
}

/** A conversation as it fits: one symbol for a character of printable ASCII or a newline, three for each other byte. */
export interface FittedText {
  readonly text: string;
  readonly symbols: number;
  readonly dropped: readonly DroppedTurn[];
}

/** What a runtime holds of its bundle. */
export interface MemoryUsage {
  /** Of decoded experts. */
  readonly expertBytes: number;
  /** Of experts as the bundle stores them. */
  readonly storedBytes: number;
  /** Of texts that are being read or written. */
  readonly textBytes: number;
  /** Of the router, which is not part of what `maxMemory` bounds. */
  readonly routerBytes: number;
  /** How many experts are decoded. */
  readonly activeExperts: number;
  /** How often an expert was decoded. */
  readonly loads: number;
  /** How often one was given up for others. */
  readonly evictions: number;
  /**
   * Of what the vectors of the JavaScript build compute on, copies of weights above all: at most 16 MiB for all runtimes of a thread
   * together, beside what `maxMemory` bounds. 0 where `loops` is "engine".
   */
  readonly loopBytes: number;
}

/** What goes wrong; `code` tells kinds apart, `message` says what was expected and what was found. */
export declare class RetortError extends Error {
  readonly code: "usage" | "network" | "size" | "digest" | "signature" | "bundle" | "memory" | "context" | "session" | "engine" | "closed";
}

/** An opened bundle. Requests may overlap. */
export declare class Retort {
  private constructor();
  /** Opens a bundle; rejects with what is wrong where its files are not as its digests say. */
  static initialize(options: InitializeOptions): Promise<Retort>;
  /** Which of the two builds runs. */
  readonly engine: "webassembly" | "javascript";
  /** What computes products: the engine's own code, or beside the JavaScript build vectors of plain WebAssembly. */
  readonly loops: "engine" | "vectors";
  /** Why the JavaScript build goes without vectors, where the host refused them or their memory. Answers are the same, later. */
  readonly loopsProblem?: string;
  /** Name and version of the bundle. */
  readonly bundle: string;
  /** Those of the bundle, in its order. */
  readonly experts: readonly { readonly id: string; readonly domain: string; readonly parameters: number }[];
  /** Answers a prompt, which is given a final newline where it has none. */
  processRequest(prompt: string | Uint8Array, options?: RequestOptions): Promise<Answer>;
  /** Answers a request, running the tools that the model calls; of a conversation the last turn is the request. Needs `structured`. */
  runTools(prompt: string | Conversation, options: ToolOptions): Promise<ToolAnswer>;
  /** Returns as much of a conversation as a model can read, oldest turns left out first. Needs `structured`. */
  fitContext(conversation: FitOptions): Promise<FittedText>;
  /** Begins a text that grows, and reads its first part, which chooses the experts. Needs `structured`. */
  openSession(prompt: string | Uint8Array, options?: SessionOptions): Promise<Session>;
  /**
   * Makes a saved session again, which goes on exactly as the saved one would have. Rejects with `session` where the bytes are none, are
   * damaged, or are of another bundle. Needs `structured`.
   */
  restoreSession(saved: Uint8Array): Promise<Session>;
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
