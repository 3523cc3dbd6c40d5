// Asks a build of the package for answers and gives them in a form that the tests compare: the same in Node and browsers.

const toHex = (bytes) => Array.from(bytes, (value) => value.toString(16).padStart(2, "0")).join("");

/** What may come next is what scoring says of it, likeliest first. */
async function checkPrediction(retort, context) {
  const { next, end } = await retort.predict(context, { most: 5 });
  const [ends, ...scores] = await retort.logLikelihoods([
    { context, continuation: "", ends: true },
    ...next.map(({ byte }) => ({ context, continuation: Uint8Array.of(byte) })),
  ]);
  const found = next.map(({ logProbability }) => logProbability);
  const sorted = [...found].sort((a, b) => b - a);
  if (next.length !== 5 || end !== ends || String(found) !== String(scores) || String(found) !== String(sorted)) {
    throw new Error(`expected of predict what is scored, ${ends} and ${scores}, found ${end} and ${found}`);
  }
}

/** Asks each of the requests; an answer's first byte and the whole of it are scored beside it. */
export async function answers(retort, requests) {
  const results = [];
  for (const { prompt, options } of requests) {
    const streamed = [];
    let pieces = "";
    let first;
    const { bytes, text, ...answer } = await retort.processRequest(prompt, {
      ...options,
      onRouting: (routing) => (first = routing),
      onToken: (value) => streamed.push(value),
      onText: (piece) => (pieces += piece),
    });
    const routed = options.experts === "routed" ? await retort.getConfidence(prompt) : answer.confidence;
    if (routed !== answer.confidence || first.confidence !== answer.confidence) {
      throw new Error("expected the same confidence from route, onRouting and processRequest");
    }
    if (pieces !== text) {
      throw new Error(`expected the pieces of text to make ${JSON.stringify(text)}, found ${JSON.stringify(pieces)}`);
    }
    const context = prompt.endsWith("\n") ? prompt : `${prompt}\n`;
    const [firstByte, whole] = await retort.logLikelihoods([
      { context, continuation: bytes.slice(0, 1), ends: bytes.length === 0 },
      { context, continuation: bytes, ends: answer.stop === "end_of_text" },
    ]);
    if (results.length % 20 === 0) {
      await checkPrediction(retort, context);
    }
    results.push({ ...answer, bytesHex: toHex(bytes), streamedHex: toHex(streamed), firstByte, whole });
  }
  const { engine, loops, loopsProblem } = retort;
  const { loopBytes } = await retort.getMemoryUsage();
  return { engine, loops, loopsProblem, loopBytes, results };
}
