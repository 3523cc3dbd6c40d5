import { nodeHost } from "./lib/node.js";
import { retortFor } from "./lib/runtime.js";

export { RetortError } from "./lib/errors.js";
export const Retort = retortFor(nodeHost);
