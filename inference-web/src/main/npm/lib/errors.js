/**
 * What goes wrong, with a code that programs can tell apart and a message for people. Codes: "usage" (a wrong argument),
 * "network" (no answer, or a status that is none of success), "size" (more bytes than there may be), "digest" (other bytes
 * than SHA256SUMS says), "signature" (not by a trusted key), "bundle" (the runtime refuses it), "memory" (not within maxMemory),
 * "context" (a text has no room in what can be read), "engine" (the build could
 * not be loaded, or its worker died), "closed".
 */
export class RetortError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = "RetortError";
    this.code = code;
  }
}

export function closedError() {
  return new RetortError("closed", "expected an open runtime, found one that was closed");
}

/** An error as a message between workers can hold it; what was thrown to abort may be any value, and is not carried. */
export function packError(error) {
  return { code: error?.code ?? "engine", name: error?.name, message: String(error?.message ?? error) };
}

export function unpackError({ code, message }) {
  return new RetortError(code, message);
}
