// node loops-memory.js <URL of the package's lib/kernels.js>: takes and gives back the loops' memory, and prints what was found as JSON.
import { readFile } from "node:fs/promises";

const { loadKernels } = await import(process.argv[2]);
const { kernels } = await loadKernels({ bytes: readFile });
const MEBIBYTE = 1 << 18; // in floats
const SIZES = [1, 3, 2, 5, 1];
const takeAll = (owner) =>
  kernels.within(owner, () => {
    for (let taken = 0; ; taken++) {
      if (kernels.find(kernels.floats(SIZES[taken % SIZES.length] * MEBIBYTE - taken)) === 0) {
        return taken;
      }
    }
  });
const inOnePiece = () => {
  const owner = [];
  const at = kernels.within(owner, () => kernels.find(kernels.floats(48 * MEBIBYTE)));
  kernels.forget(owner);
  return at > 0;
};

const found = { ownerless: kernels.find(kernels.floats(16)) };
const [first, second] = [[], []];
kernels.within(first, () => kernels.floats(MEBIBYTE));
takeAll(second);
found.whileTaken = inOnePiece();
// What answers that overlap took lies in turns.
kernels.forget(first);
takeAll(first);
kernels.forget(second);
found.whilePartIsTaken = inOnePiece();
kernels.forget(first);
found.onceForgotten = inOnePiece();

// Weights of 14 MiB fit; those that follow take their place, and all are found again.
const weights = Array.from({ length: 20 }, () => new Float32Array(MEBIBYTE));
found.placed = new Set(weights.slice(0, 14).map((array) => kernels.place(array))).size;
found.again = kernels.place(weights[0]) === 2 << 20;
found.cycled = weights.every((array) => kernels.place(array) >= 2 << 20 && kernels.place(array) < 16 << 20);
found.tooLarge = kernels.place(new Float32Array(15 * MEBIBYTE));
found.bytes = kernels.bytes;
console.log(JSON.stringify(found));
