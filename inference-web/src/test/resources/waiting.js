// node waiting.js <URL of the package's lib/session.js>: what becomes of calls that wait for memory, and how texts are cut, as JSON.
const { Session, sliced } = await import(process.argv[2]);

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** As long as a slice is at the least. */
function work(milliseconds) {
  for (const began = performance.now(); performance.now() - began < milliseconds; );
}

/** A session of a runtime with room for so many bytes of prompts; an answer takes as many slices as its prompt's first byte says. */
function opened(room) {
  const begin = ([slices, ...more]) => {
    const bytes = 1 + more.length;
    if (bytes > room) {
      throw Object.assign(new Error("no room"), { code: "memory" });
    }
    room -= bytes;
    let held = bytes;
    const close = () => {
      room += held;
      held = 0;
    };
    return { routing: () => "{}", answer: () => String(bytes), advance: () => (work(9), --slices > 0), close };
  };
  return new Session({ pause: nextTask }, { name: "fake", build: {} }, { begin }, { name: "fake", experts: [] });
}

const generate = (session, bytes, slices, events = {}) => session.generate(new Uint8Array(bytes).fill(slices, 0, 1), {}, undefined, events);

/** An abort is heard at once, though what has the memory goes on. */
async function aborts() {
  const session = opened(10);
  const order = [];
  const first = generate(session, 10, 9).then(() => order.push("first"));
  const stop = new AbortController();
  const second = generate(session, 5, 1, { signal: stop.signal }).catch((error) => order.push(error.name));
  await nextTask();
  stop.abort();
  await Promise.all([first, second]);
  return order;
}

/** Small answers that overlap, so that there is always one, beside a large one that waits: how many began before it was served. */
async function passes() {
  const session = opened(10);
  let served = false;
  let before = 0;
  const small = async () => {
    for (let i = 0; i < 20; i++) {
      await generate(session, 4, 2);
      before += served ? 0 : 1;
    }
  };
  const always = small();
  const large = generate(session, 10, 1).then(() => (served = true));
  await nextTask();
  await Promise.all([always, large, small()]);
  return before;
}

/** Who waits is served in the order of asking; one that never has room is refused where nobody could give it. */
async function order() {
  const session = opened(10);
  const served = [];
  const asked = [10, 8, 9, 11, 7].map((bytes) => generate(session, bytes, 2).then((found) => served.push(found), ({ code }) => served.push(code)));
  await Promise.all(asked);
  return served;
}

/** The sizes of pieces that all take long. */
function pieces(least) {
  const sizes = [];
  const slow = (symbols) => {
    sizes.push(symbols);
    work(3);
    return sizes.length < 30;
  };
  for (const slice = sliced(slow, least); slice(); );
  return [Math.min(...sizes), sizes.at(-1)];
}

console.log(JSON.stringify({ aborts: await aborts(), passes: await passes(), order: await order(), pieces: [pieces(), pieces(8)] }));
