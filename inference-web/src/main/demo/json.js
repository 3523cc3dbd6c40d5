// The switch that asks for JSON: its schema, whether it is one, and answers laid out to be read.
import { byId, element } from "./view.js";

const DEFAULT_SCHEMA = { type: "object", properties: { answer: { type: "string", maxLength: 20 } }, required: ["answer"] };
const WIDTH = 41;
/** Keys, texts, and the rest of what JSON.stringify writes. */
const PARTS = /("(?:[^"\\]|\\.)*")(\s*:)?|[^"]+/g;

export function isWanted() {
  return byId("as-json").checked;
}

export function setWanted(wanted) {
  byId("as-json").checked = wanted;
  byId("as-json").setAttribute("aria-expanded", String(wanted));
  byId("json-panel").hidden = !wanted;
  byId("ask-form").classList.toggle("for-json", wanted);
  showSchemaProblem(undefined);
}

/** The text of the schema where the switch is on. */
export function wantedSchema() {
  return isWanted() ? byId("schema").value : undefined;
}

/** JSON on as few lines as can be read at a glance. */
function lines(value, indent = "", key = "") {
  const flat = JSON.stringify(value, undefined, 1).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || indent.length + key.length + flat.length <= WIDTH) {
    return key + flat;
  }
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([name, part]) => inner + lines(part, inner, isList ? "" : `${JSON.stringify(name)}: `));
  return `${key}${isList ? "[" : "{"}\n${parts.join(",\n")}\n${indent}${isList ? "]" : "}"}`;
}

export function setSchema(schema = DEFAULT_SCHEMA) {
  byId("schema").value = lines(schema);
  checkSchema();
}

/** Tells what is wrong with the schema: what the box finds by itself, or what the runtime said of it. */
export function showSchemaProblem(message) {
  byId("schema").setAttribute("aria-invalid", String(message !== undefined));
  byId("schema-note").textContent = message ?? "";
  byId("schema-note").hidden = message === undefined;
}

/** Returns whether the box holds JSON. */
export function checkSchema() {
  try {
    JSON.parse(byId("schema").value);
    showSchemaProblem(undefined);
    return true;
  } catch (error) {
    showSchemaProblem(`This is no JSON yet: ${error.message}`);
    return false;
  }
}

/** Shows an answer that is JSON on lines of its own, its keys apart; one that a limit cut stays as it is. */
export function layOut(answered, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  const parts = JSON.stringify(value, undefined, 2).matchAll(PARTS);
  answered.replaceChildren(
    ...Array.from(parts, ([part, string, colon]) => {
      const kind = string === undefined ? "" : colon === undefined ? "json-text" : "json-key";
      return kind === "" ? part : element("span", { className: kind, textContent: part });
    }),
  );
}
