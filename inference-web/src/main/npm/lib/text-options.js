// How long texts may be, and what of them is remembered.
import { expect, expectInteger, expectOneOf } from "./errors.js";

const MEMORY_BITS = { f32: 32, int16: 16, int8: 8 };
// The runtime's bounds (TextOptions).
const LEAST_SYMBOLS = 64;
const STANDARD_SYMBOLS = 36_864;
const MOST_SYMBOLS = 442_368;

/** The options as the builds take them: symbols, whether long prompts slide, and bits of a number. */
export function textOptions({ maxSymbols = STANDARD_SYMBOLS, longPrompt = "refuse", memoryFormat = "f32", structured }) {
  expectInteger(LEAST_SYMBOLS, MOST_SYMBOLS, "maxSymbols", maxSymbols);
  expectOneOf(["refuse", "slide"], "longPrompt", longPrompt);
  expectOneOf(Object.keys(MEMORY_BITS), "memoryFormat", memoryFormat);
  expect(structured || memoryFormat === "f32", "f32 where structured is not true", "memoryFormat", memoryFormat);
  return [maxSymbols, longPrompt === "slide", MEMORY_BITS[memoryFormat]];
}
