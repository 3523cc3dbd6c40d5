// Who signed a bundle: SHA256SUMS.sig as docs/bundle-format.md has it, checked by WebCrypto.
import { SIGNATURE } from "./checksums.js";
import { RetortError } from "./errors.js";

const HEADER = "retort-signature 1 ed25519";
/** Goes in front of what is signed, so that a signature of a bundle is none of anything else. */
const CONTEXT = "retort-bundle-signature-1\n";

const refused = (message, cause) => new RetortError("signature", message, { cause });

/** Bytes of base64 in its one canonical form. */
function decode(what, line, length) {
  let text;
  try {
    text = atob(line);
  } catch (cause) {
    throw refused(`expected ${what} in base64, found ${JSON.stringify(line)}`, cause);
  }
  if (text.length !== length || btoa(text) !== line) {
    throw refused(`expected ${what} of ${length} bytes in base64, found ${JSON.stringify(line)}`);
  }
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/**
 * Refuses what none of some keys has signed.
 *
 * @param trustedKeys their fingerprints: the SHA-256 of a key's 32 bytes, in hexadecimal
 */
export async function checkSignature(file, checksums, trustedKeys) {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw refused("expected WebCrypto to check a signature with, found a page that is not secure");
  }
  const [header, keyLine, signatureLine, rest, ...more] = new TextDecoder("latin1").decode(file).split("\n");
  if (header !== HEADER || rest !== "" || more.length > 0) {
    throw refused(`expected three lines in ${SIGNATURE}, the first "${HEADER}", found other text`);
  }
  const key = decode("a public key", keyLine, 32);
  const signature = decode("a signature", signatureLine, 64);
  const digest = new Uint8Array(await subtle.digest("SHA-256", key));
  const fingerprint = Array.from(digest, (value) => value.toString(16).padStart(2, "0")).join("");
  if (!trustedKeys.includes(fingerprint)) {
    throw refused(`expected a signature by ${trustedKeys.join(" or ")}, found one by ${fingerprint}`);
  }
  const context = new TextEncoder().encode(CONTEXT);
  const message = new Uint8Array(context.length + checksums.length);
  message.set(context);
  message.set(checksums, context.length);
  let holds;
  try {
    holds = await subtle.verify("Ed25519", await subtle.importKey("raw", key, "Ed25519", false, ["verify"]), signature, message);
  } catch (cause) {
    throw refused(`expected a host that checks Ed25519, found: ${cause.message}`, cause);
  }
  if (!holds) {
    throw refused(`expected a signature of SHA256SUMS by ${fingerprint}, found one that does not hold`);
  }
}
