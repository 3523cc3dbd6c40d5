// Sessions and the options of texts, in a form that the tests compare: the same in Node and browsers.

const toHex = (bytes) => Array.from(bytes, (value) => value.toString(16).padStart(2, "0")).join("");
const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const codeOf = (promise) => promise.then(() => "none", (error) => error.code ?? error.name);
const MORE = " and on?\n";

/** Plays turns of {read, options}; what is told of each is what the JVM is asked too. */
async function play(session, turns) {
  const played = [];
  for (const { read, options } of turns) {
    await session.read(read);
    const streamed = [];
    const { bytes, stop, logLikelihood, experts } = await session.generate({ ...options, onToken: (value) => streamed.push(value) });
    const { next, end } = await session.predict({ most: 2 });
    played.push({
      hex: toHex(bytes),
      streamedHex: toHex(streamed),
      stop,
      logLikelihood,
      experts: experts.map(({ id }) => id),
      next: next.map(({ byte }) => byte),
      end,
      score: await session.logLikelihood(MORE, { ends: true }),
    });
  }
  return played;
}

/** The conversations of the JVM once more, and those that it saved gone on with. */
async function conversations(retort, asked) {
  const results = [];
  for (const { prompt, experts, maxSymbols, turns, saved } of asked) {
    const begun = await retort.openSession(prompt, { experts, maxSymbols });
    const played = await play(begun, turns);
    const { bytes, symbols } = await begun.getText();
    const restored = await retort.restoreSession(fromHex(saved));
    const same = restored.maxSymbols === begun.maxSymbols;
    const again = toHex(await restored.save());
    const wentOn = await play(restored, turns);
    const kept = await restored.save();
    results.push({ played, hex: toHex(bytes), symbols, saved: toHex(await begun.save()), same, again, wentOn, kept: toHex(kept) });
    begun.close();
    restored.close();
  }
  return results;
}

/** Bytes that are no session of this bundle: each cut and each damage is told apart from other faults. */
async function refusals(retort, saved, ofAnother) {
  const codes = new Set();
  for (let i = 0; i < saved.length; i += 7) {
    const spoilt = saved.slice();
    spoilt[i] ^= 1 << i % 8;
    codes.add(await codeOf(retort.restoreSession(spoilt)));
    codes.add(await codeOf(retort.restoreSession(saved.slice(0, i))));
  }
  codes.add(await codeOf(retort.restoreSession(new Uint8Array(5000))));
  codes.add(await codeOf(retort.restoreSession(ofAnother)));
  return { codes: [...codes], noBytes: await codeOf(retort.restoreSession("RETORTSN")) };
}

/** What is asked of one that has ended, is full, or is asked twice at once. */
async function lives(retort) {
  const small = await retort.openSession("12345", { maxSymbols: 16 });
  const tooMuch = await codeOf(small.read("x".repeat(11)));
  const { text, symbols } = await small.getText();
  small.close();
  small.close();
  const afterClose = await codeOf(small.predict());

  // Without waiting: each call finds the text as the one before left it.
  const session = await retort.openSession("go");
  const first = session.generate({ maxBytes: 5, stop: [] });
  const second = session.read("\nmore");
  const third = session.getText();
  const { bytes } = await first;
  await second;
  const inOrder = (await third).text === `go${new TextDecoder().decode(bytes)}\nmore`;

  const stop = new AbortController();
  const told = [];
  const aborted = await codeOf(session.generate({
    maxBytes: 2500,
    signal: stop.signal,
    onToken: (value) => told.push(value) === 1 && stop.abort(),
  }));
  const after = await session.getText();
  const left = session.generate({ maxBytes: 2500 }).then(({ stop }) => stop, (error) => error.code);
  session.close();
  return {
    tooMuch,
    text,
    symbols,
    afterClose,
    inOrder,
    // It had ended before it was cancelled where it is as short as a slice.
    aborted: ["none", "AbortError", 20].includes(aborted),
    begins: toHex(after.bytes).startsWith(toHex(new TextEncoder().encode("go")) + toHex(bytes)) && told.length > 0,
    left: ["closed", "end_of_text"].includes(await left),
    abortedOpening: await codeOf(retort.openSession("x", { signal: AbortSignal.abort() })),
    noExpert: await codeOf(retort.openSession("x", { experts: "nobody" })),
    tooLong: await codeOf(retort.openSession("x", { maxSymbols: 36_865 })),
    textBytes: (await retort.getMemoryUsage()).textBytes,
  };
}

const held = ({ expertBytes, storedBytes, textBytes }) => expertBytes + storedBytes + textBytes;

/** Bytes for one expert and a session of it, and half as much again for its text. */
async function roomForOne(free, session) {
  const whole = await free.getMemoryUsage();
  const one = await free.openSession("x", { experts: free.experts[0].id, ...session });
  const text = (await free.getMemoryUsage()).textBytes;
  one.close();
  return whole.storedBytes + whole.expertBytes / free.experts.length + Math.ceil(1.5 * text);
}

/** More sessions than there is room for at once, each asked in turn, and all at once. */
async function bounds(Retort, options) {
  const free = await Retort.initialize({ ...options, structured: true });
  const maxMemory = await roomForOne(free, {});
  const small = await Retort.initialize({ ...options, structured: true, maxMemory });
  const talk = async (retort, each) => {
    const sessions = await Promise.all(
      retort.experts.map(({ id }) => retort.openSession(`I am ${id}.\n`, { experts: id })),
    );
    for (let turn = 0; turn < 2; turn++) {
      await Promise.all(sessions.map((session) => session.read("On.\n")));
      await Promise.all(sessions.map((session) => session.generate({ maxBytes: 20 })));
      await each();
    }
    const texts = await Promise.all(sessions.map((session) => session.getText()));
    const heldBytes = (await retort.getMemoryUsage()).textBytes;
    sessions.forEach((session) => session.close());
    return { texts: String(texts.map(({ bytes }) => bytes)), heldBytes };
  };
  let most = 0;
  const expected = await talk(free, () => undefined);
  const found = await talk(small, async () => (most = Math.max(most, held(await small.getMemoryUsage()))));
  const left = [await free.getMemoryUsage(), await small.getMemoryUsage()].map(({ textBytes }) => textBytes);
  const never = await codeOf(small.openSession("x", { experts: "all" }));
  const halves = await inPart(free, (more) => Retort.initialize({ ...options, structured: true, ...more }));
  const refused = await rejected(free, small, "Hello\n");
  free.close();
  small.close();
  return { same: found.texts === expected.texts, within: most <= maxMemory, restBytes: found.heldBytes > 0, left, never, halves, refused };
}

/** A text of which a part was read when its question was aborted is in the way of no other. */
async function inPart(free, open) {
  const maxSymbols = 30_000;
  const retort = await open({ maxMemory: await roomForOne(free, { maxSymbols }) });
  const [{ id }, other] = retort.experts;
  const begun = await retort.openSession("a", { experts: id, maxSymbols });
  await begun.read("0123456789".repeat(2900));
  const restored = await retort.restoreSession(await begun.save());
  begun.close();
  const stop = new AbortController();
  const asked = codeOf(restored.generate({ maxBytes: 5, signal: stop.signal }));
  setTimeout(() => stop.abort());
  const aborted = await asked;
  // In a worker the caller hears of it before it happens; this question is answered behind it.
  const { symbols } = await restored.getText();
  const beside = await retort.openSession("b", { experts: other.id, maxSymbols });
  const { next } = await restored.predict({ most: 1 });
  retort.close();
  return { aborted: ["AbortError", 20].includes(aborted), beside: beside.maxSymbols, symbols, next: next.length };
}

/** A read for which there is no room leaves the text as it was, however often it is tried. */
async function rejected(free, small, text) {
  const begun = await free.openSession(text, { experts: "all" });
  const restored = await small.restoreSession(await begun.save());
  begun.close();
  const codes = [await codeOf(restored.read("more\n")), await codeOf(restored.read("more\n"))];
  const left = await restored.getText();
  restored.close();
  return { codes, text: left.text, symbols: left.symbols };
}

/** How long texts may be, what becomes of longer ones, and what is kept of them. */
async function texts(Retort, options) {
  const open = (more) => Retort.initialize({ ...options, structured: true, ...more });
  const prompt = `${"0123456789".repeat(9)} ß`;
  const slides = await open({ maxSymbols: 72, longPrompt: "slide" });
  const answer = await slides.processRequest(prompt, { maxBytes: 9 });
  const plainSlides = await open({ maxSymbols: 72, longPrompt: "slide", structured: false });
  const plain = await plainSlides.processRequest(prompt, { maxBytes: 9 });
  const refuses = await open({ maxSymbols: 72 });
  const refused = await codeOf(refuses.processRequest(prompt, { maxBytes: 9 }));
  const fits = await codeOf(refuses.fitContext({ turns: ["a\n"], windowSymbols: 73, answerSymbols: 5 }));
  const larger = await open({ maxSymbols: 40_000 });
  const { maxSymbols } = await larger.openSession("a", { maxSymbols: 40_000 });
  const turns = ["x\n".repeat(18_450)];
  const windows = [
    (await larger.fitContext({ turns })).symbols - 36_900,
    await codeOf(larger.fitContext({ turns, windowSymbols: 38_000 })),
    await codeOf(larger.fitContext({ turns, windowSymbols: 40_000, answerSymbols: 1000 })),
    await codeOf(larger.fitContext({ turns, windowSymbols: 40_001 })),
  ];
  const formats = {};
  for (const memoryFormat of ["f32", "int16", "int8"]) {
    const packed = await open({ memoryFormat });
    const { bytes } = await packed.processRequest("Who is Tom?", { maxBytes: 40 });
    const session = await packed.openSession("Who is Tom?\n");
    formats[memoryFormat] = { hex: toHex(bytes), textBytes: (await packed.getMemoryUsage()).textBytes };
    session.close();
    packed.close();
  }
  [slides, plainSlides, refuses, larger].forEach((retort) => retort.close());
  return {
    slid: { hex: toHex(answer.bytes), droppedBytes: answer.droppedBytes },
    plain: { hex: toHex(plain.bytes), droppedBytes: plain.droppedBytes },
    refused,
    fits,
    maxSymbols,
    windows,
    formats,
    usage: [
      await codeOf(open({ maxSymbols: 63 })),
      await codeOf(open({ maxSymbols: 442_369 })),
      await codeOf(open({ longPrompt: "cut" })),
      await codeOf(open({ memoryFormat: "f16" })),
      await codeOf(open({ memoryFormat: "int8", structured: false })),
    ],
  };
}

export async function sessions(Retort, { conversations: asked, ofAnother, ...options }) {
  const retort = await Retort.initialize({ ...options, structured: true });
  const plain = await Retort.initialize(options);
  const result = {
    conversations: await conversations(retort, asked),
    refusals: await refusals(retort, fromHex(asked[0].saved), fromHex(ofAnother)),
    lives: await lives(retort),
    bounds: await bounds(Retort, options),
    texts: await texts(Retort, options),
    withoutThem: [await codeOf(plain.openSession("x")), await codeOf(plain.restoreSession(new Uint8Array(9)))],
  };
  const left = await retort.openSession("x");
  retort.close();
  plain.close();
  return { ...result, afterRuntime: await codeOf(left.predict()) };
}
