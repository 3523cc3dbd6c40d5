/** What goes wrong; retort.d.ts has the codes, docs/web.md says what they mean. */
export class RetortError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = "RetortError";
    this.code = code;
  }
}

export function expect(holds, expected, name, found) {
  if (!holds) {
    throw new RetortError("usage", `expected ${expected} as ${name}, found ${found}`);
  }
}

export function expectInteger(least, most, name, found) {
  expect(Number.isInteger(found) && found >= least && found <= most, `an integer of ${least} to ${most}`, name, found);
}

export function expectOneOf(known, name, found) {
  expect(known.includes(found), `one of ${known.join(", ")}`, name, found);
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
