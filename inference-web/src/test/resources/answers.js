// Asks a build of the package for answers and gives them in a form that the tests compare: the same in Node and Chromium.

const toHex = (bytes) => Array.from(bytes, (value) => value.toString(16).padStart(2, "0")).join("");

export async function answers({ Retort, bundle, engine, prompts, maxBytes }) {
  try {
    const retort = await Retort.initialize({ bundle, engine });
    const results = [];
    for (const prompt of prompts) {
      const streamed = [];
      const { bytes, text, ...answer } = await retort.processRequest(prompt, { maxBytes, onToken: (b) => streamed.push(b) });
      if (retort.getConfidence(prompt) !== answer.confidence) {
        throw new Error("expected the same confidence from route and processRequest");
      }
      results.push({ ...answer, bytesHex: toHex(bytes), streamedHex: toHex(streamed) });
    }
    return { engine: retort.engine, results };
  } catch (error) {
    return { error: error.message };
  }
}
