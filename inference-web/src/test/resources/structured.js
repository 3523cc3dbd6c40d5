// Schemas, tools, windows and memory of a build, in a form that the tests compare: the same in Node and browsers.

const SCHEMA = {
  type: "object",
  properties: { name: { enum: ["email", "pay"] }, sum: { type: "integer", minimum: 1 }, to: { type: "string", maxLength: 5 } },
  required: ["name", "sum"],
};
const PROMPTS = ["2+2=", "Pay Carl.\n", "", "Größe 😀"];

const toHex = (bytes) => Array.from(bytes, (value) => value.toString(16).padStart(2, "0")).join("");
const codeOf = (promise) => promise.then(() => "none", (error) => error.code ?? error.name);

async function jsonAnswers(retort) {
  const answers = [];
  for (const prompt of PROMPTS) {
    for (const options of [{}, { temperature: 0.9, seed: 7 }]) {
      const { bytes, text, stop } = await retort.processRequest(prompt, { jsonSchema: SCHEMA, maxBytes: 60, ...options });
      JSON.parse(text);
      answers.push({ hex: toHex(bytes), stop });
    }
  }
  const { text } = await retort.processRequest(PROMPTS[0], { jsonSchema: JSON.stringify({ const: [1, "a"] }) });
  return { answers, constant: text };
}

const tool = (handler) => ({
  name: "count",
  parameters: { type: "object", properties: { n: { type: "integer", minimum: 1, maximum: 99 } }, required: ["n"] },
  handler,
});

async function run(retort, handler, options = {}) {
  const calls = [];
  const { text, bytes, cut, rounds } = await retort.runTools("Count.", {
    tools: [tool(handler)],
    firstCall: true,
    maxRounds: 1,
    maxBytes: 60,
    onCall: ({ tool: name, arguments: args }) => calls.push([name, args.n]),
    ...options,
  });
  return { calls, rounds: rounds.map(({ arguments: args, result }) => [args.n, result]), hex: toHex(bytes), cut };
}

async function toolRuns(retort) {
  let reason;
  const hang = (args, { signal }) =>
    new Promise(() => signal.addEventListener("abort", () => (reason = signal.reason.name), { once: true }));
  const good = await run(retort, async ({ n }) => ({ got: n }));
  const throws = await run(retort, () => { throw new TypeError("no money"); });
  const late = await run(retort, hang, { timeoutMillis: 30 });
  const lateReason = reason;
  const stop = new AbortController();
  const stopped = await codeOf(run(retort, (args, context) => (setTimeout(() => stop.abort(), 5), hang(args, context)), { signal: stop.signal }));
  return {
    good,
    throws: throws.rounds[0][1],
    late: late.rounds[0][1],
    lateReason,
    stopped,
    stoppedReason: reason,
    nothing: (await run(retort, () => undefined)).rounds[0][1],
    long: (await run(retort, () => "x".repeat(500), { maxResultBytes: 64 })).rounds[0][1].length,
    unknown: await codeOf(run(retort, () => 1, { tools: [{ ...tool(() => 1), parameters: { type: "object", pattern: "x" } }] })),
    windowless: await codeOf(run(retort, () => 1, { windowSymbols: 190 })),
  };
}

async function windows(retort) {
  const conversation = { pinned: "ab\n", turns: ["one\n", "two\n", "three\n"] };
  return {
    fitted: await retort.fitContext({ ...conversation, windowSymbols: 20, answerSymbols: 5 }),
    cut: (await retort.fitContext({ ...conversation, windowSymbols: 13, answerSymbols: 5, longTurn: "cut_start" })).text,
    refused: await codeOf(retort.fitContext({ ...conversation, windowSymbols: 13, answerSymbols: 5 })),
  };
}

const held = ({ expertBytes, storedBytes, textBytes }) => expertBytes + storedBytes + textBytes;

/** Answers by each expert twice; what is held is looked at while each is written. */
async function byEach(retort, most) {
  const answers = [];
  for (const { id } of [...retort.experts, ...retort.experts]) {
    let usage;
    const { bytes } = await retort.processRequest("go on", { experts: id, maxBytes: 50, onRouting: () => (usage = retort.getMemoryUsage()) });
    if (held(await usage) > most) {
      throw new Error(`expected at most ${most} bytes, found ${JSON.stringify(await usage)}`);
    }
    answers.push(toHex(bytes));
  }
  return { answers: String(answers), usage: await retort.getMemoryUsage() };
}

async function bounds(Retort, options) {
  const open = (more) => Retort.initialize({ ...options, ...more });
  const free = await open({});
  const whole = await free.getMemoryUsage();
  const one = whole.expertBytes / free.experts.length;
  const expected = await byEach(free, Infinity);
  // Room for three experts of four, or for one beside what a text is remembered by.
  const least = await open({ maxMemory: whole.storedBytes + one });
  const text = await least
    .processRequest("go on", { experts: free.experts[0].id, maxBytes: 50 })
    .then(() => 0, ({ message }) => Number(/of which (\d+) are the text's/.exec(message)[1]));
  const maxMemory = whole.storedBytes + Math.max(3 * one, 1.5 * one + text);
  const small = await open({ maxMemory });
  const found = await byEach(small, maxMemory);
  const [a, b] = free.experts;
  const alone = await free.processRequest("go on", { experts: a.id, maxBytes: 50 });
  const [beside] = await Promise.all([a, b].map(({ id }) => small.processRequest("go on", { experts: id, maxBytes: 50 })));
  const cached = await open({ expertCacheSize: 1 });
  const few = await byEach(cached, Infinity);
  const tooLong = await codeOf(small.processRequest("x".repeat(5000), { experts: "all" }));
  const all = { whole, expected, found, few };
  [free, least, small, cached].forEach((retort) => retort.close());
  return {
    same: all.found.answers === all.expected.answers && all.few.answers === all.expected.answers,
    evicts: all.found.usage.evictions > 0 && all.found.usage.loads > free.experts.length,
    waits: String(beside.bytes) === String(alone.bytes),
    active: all.few.usage.activeExperts,
    loads: all.few.usage.loads,
    tooLong,
    tooLittle: await codeOf(open({ maxMemory: whole.storedBytes + one / 2 })),
    noCache: await codeOf(open({ expertCacheSize: 0 })),
  };
}

/** What is left behind gives its memory back. */
async function abandoned(retort) {
  const outcomes = [];
  const textBytes = [];
  const settle = async () => {
    for (let i = 0; i < 200 && (await retort.getMemoryUsage()).textBytes > 0; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    textBytes.push((await retort.getMemoryUsage()).textBytes);
  };
  const stop = new AbortController();
  outcomes.push(await codeOf(retort.processRequest("go on", { maxBytes: 2500, signal: stop.signal, onRouting: () => stop.abort() })));
  await settle();
  outcomes.push(await codeOf(retort.processRequest("go on", { maxBytes: 2500, onRouting: () => { throw new RangeError("mine"); } })));
  await settle();
  // An answer may have ended before a worker is asked; one of several has not.
  let during = 0;
  for (let i = 0; i < 20 && during === 0; i++) {
    let usage;
    await retort.processRequest(`go on ${i}`, { maxBytes: 1000, onRouting: () => (usage = retort.getMemoryUsage()) });
    during = (await usage).textBytes;
  }
  return { outcomes, textBytes, during: during > 0 };
}

export async function structured(Retort, options) {
  const retort = await Retort.initialize({ ...options, structured: true });
  const plain = await Retort.initialize(options);
  const result = {
    json: await jsonAnswers(retort),
    tools: await toolRuns(retort),
    windows: await windows(retort),
    abandoned: await abandoned(retort),
    bounds: await bounds(Retort, options),
    withoutThem: await codeOf(plain.processRequest("x", { jsonSchema: SCHEMA })),
    tooShort: await codeOf(retort.processRequest("x", { jsonSchema: SCHEMA, maxBytes: 5 })),
  };
  retort.close();
  plain.close();
  return result;
}
