// The loops of the JavaScript build in plain WebAssembly with vectors of four floats.
// What is multiplied and what comes of it is copied into a linear memory and out of it; weights are copied once and stay until there
// is no room, and the keys and values of attention live there. The memory never grows, because that would detach arrays on it; where
// it is full, or too small for an operand, false says that the caller computes by itself.

const PAGE = 1 << 16;
/** Reserved; a host takes what is written. */
const BYTES = 64 << 20;
/** Operands first, then results, then weights, then what is remembered of texts. */
const RESULTS = 1 << 20;
const WEIGHTS = 2 << 20;
const TEXTS = 16 << 20;
const ALIGNMENT = 64;

const aligned = (bytes) => (bytes + ALIGNMENT - 1) & -ALIGNMENT;

/** Ranges of a memory that are free, in order, neighbours joined. */
class FreeRanges {
  #ranges;

  constructor(from, to) {
    this.#ranges = [{ from, to }];
  }

  /** The address of so many bytes, undefined where there are none. */
  take(bytes) {
    const at = this.#ranges.findIndex(({ from, to }) => to - from >= bytes);
    if (at < 0) {
      return undefined;
    }
    const range = this.#ranges[at];
    const { from } = range;
    range.from += bytes;
    if (range.from === range.to) {
      this.#ranges.splice(at, 1);
    }
    return from;
  }

  give(from, bytes) {
    const to = from + bytes;
    let at = this.#ranges.findIndex((range) => range.from >= to);
    at = at < 0 ? this.#ranges.length : at;
    this.#ranges.splice(at, 0, { from, to });
    for (const left of [at, at - 1]) {
      if (left >= 0 && this.#ranges[left].to === this.#ranges[left + 1]?.from) {
        this.#ranges[left].to = this.#ranges[left + 1].to;
        this.#ranges.splice(left + 1, 1);
      }
    }
  }
}

class Kernels {
  #loops;
  #buffer;
  #floats;
  #weights = new WeakMap();
  #nextWeights = WEIGHTS;
  #mostWeights = WEIGHTS;
  #free = new FreeRanges(TEXTS, BYTES);
  #owner;

  constructor(loops, buffer) {
    this.#loops = loops;
    this.#buffer = buffer;
    this.#floats = new Float32Array(buffer);
  }

  /** What operands and copies of weights have taken, and keep. */
  get bytes() {
    return this.#mostWeights;
  }

  /** Calls; what is remembered of texts is the owner's then, a list that {@link forget} takes. */
  within(owner, call) {
    const before = this.#owner;
    this.#owner = owner;
    try {
      return call();
    } finally {
      this.#owner = before;
    }
  }

  forget(owner) {
    for (const { at, bytes } of owner.splice(0)) {
      this.#free.give(at, bytes);
    }
  }

  /** Floats of any content; in the memory while there is room and somebody who will forget them. */
  floats(length) {
    const bytes = aligned(4 * length);
    const at = this.#owner && this.#free.take(bytes);
    if (at === undefined) {
      return new Float32Array(length);
    }
    this.#owner.push({ at, bytes });
    return new Float32Array(this.#buffer, at, length);
  }

  /** The address of an array that {@link floats} made; 0 for another. */
  find(array) {
    return array.buffer === this.#buffer ? array.byteOffset : 0;
  }

  /** The address of an array that does not change, copied where it is not there; 0 where it is too large. */
  place(array) {
    const found = this.#weights.get(array);
    if (found !== undefined) {
      return found;
    }
    const bytes = aligned(array.byteLength);
    if (bytes > TEXTS - WEIGHTS) {
      return 0;
    }
    if (this.#nextWeights + bytes > TEXTS) {
      this.#weights = new WeakMap();
      this.#nextWeights = WEIGHTS;
    }
    const at = this.#nextWeights;
    this.#nextWeights += bytes;
    this.#mostWeights = Math.max(this.#mostWeights, this.#nextWeights);
    this.#floats.set(array, at >> 2);
    this.#weights.set(array, at);
    return at;
  }

  #copyIn(to, values, from, count) {
    const floats = this.#floats;
    for (let i = 0; i < count; i++) {
      floats[to + i] = values[from + i];
    }
  }

  #copyOut(from, values, to, count) {
    const floats = this.#floats;
    for (let i = 0; i < count; i++) {
      values[to + i] = floats[from + i];
    }
  }

  /** out (+)= in matrix; `padded` outputs are computed, `outputs` are given. */
  #product(loop, matrix, stride, into, from, inStride, out, to, outStride, rows, inputs, outputs, padded, add) {
    if (4 * rows * inputs > RESULTS || 4 * rows * padded > WEIGHTS - RESULTS) {
      return false;
    }
    for (let row = 0; row < rows; row++) {
      this.#copyIn(row * inputs, into, from + row * inStride, inputs);
      if (add) {
        this.#copyIn((RESULTS >> 2) + row * padded, out, to + row * outStride, outputs);
      }
    }
    loop(0, matrix, RESULTS, rows, 4 * inputs, 4 * outputs, 4 * inputs, 4 * stride, 4 * padded, add);
    for (let row = 0; row < rows; row++) {
      this.#copyOut((RESULTS >> 2) + row * padded, out, to + row * outStride, outputs);
    }
    return true;
  }

  multiply(matrix, stride, into, from, inStride, out, to, outStride, rows, inputs, outputs, add) {
    const padded = (outputs + 15) & -16;
    return this.#product(this.#loops.multiply, matrix, stride, into, from, inStride, out, to, outStride, rows, inputs, outputs, padded, add);
  }

  mix(matrix, stride, into, from, inStride, out, to, outStride, rows, inputs, outputs) {
    const padded = (outputs + 3) & -4;
    return this.#product(this.#loops.mix, matrix, stride, into, from, inStride, out, to, outStride, rows, inputs, outputs, padded, 0);
  }

  convolve(weights, weightStride, window, from, stride, out, to, outStride, rows, shifts, channels) {
    const padded = (channels + 3) & -4;
    if (4 * (rows + shifts) * padded > RESULTS) {
      return false;
    }
    for (let row = 0; row < rows + shifts - 1; row++) {
      this.#copyIn(row * padded, window, from + row * stride, channels);
    }
    this.#loops.convolve(0, weights, RESULTS, rows, shifts, 4 * channels, 4 * padded, 4 * weightStride);
    for (let row = 0; row < rows; row++) {
      this.#copyOut((RESULTS >> 2) + row * padded, out, to + row * outStride, channels);
    }
    return true;
  }

  sigmoid(values, from, count) {
    if (4 * count + 16 > RESULTS) {
      return false;
    }
    this.#copyIn(0, values, from, count);
    this.#loops.sigmoid(0, 4 * count);
    this.#copyOut(0, values, from, count);
    return true;
  }

  /** The sum, or -1 where there are too many. */
  exponentials(values, from, count, shift) {
    if (4 * count + 16 > RESULTS) {
      return -1;
    }
    this.#copyIn(0, values, from, count);
    const sum = this.#loops.exponentials(0, count, shift);
    this.#copyOut(0, values, from, count);
    return sum;
  }
}

/** The loops; where the host refuses vectors or the memory, or the file is not there, why they are missing. */
export async function loadKernels(host) {
  try {
    const memory = new WebAssembly.Memory({ initial: BYTES / PAGE, maximum: BYTES / PAGE });
    const { instance } = await WebAssembly.instantiate(await host.bytes(new URL("./kernels.wasm", import.meta.url)), { host: { memory } });
    return { kernels: new Kernels(instance.exports, memory.buffer) };
  } catch (cause) {
    return { problem: cause.message };
  }
}
