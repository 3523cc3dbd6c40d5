// The same prompts as the JVM answers, a round whenever the bench says so; for Node (node rounds.js ORIGIN HOST ENGINE) and,
// by rounds.html, for browsers.

export async function rounds(Retort, origin, host, engine) {
  const { prompts, maxBytes } = await (await fetch(`${origin}/prompts`)).json();
  const retort = await Retort.initialize({ bundle: `${origin}/bundle/`, engine, cache: false });
  for (;;) {
    const { go } = await (await fetch(`${origin}/next?host=${host}`)).json();
    if (!go) {
      return;
    }
    const began = performance.now();
    let written = "";
    for (const prompt of prompts) {
      written += `${(await retort.processRequest(prompt, { maxBytes })).text}\u0000`;
    }
    const seconds = (performance.now() - began) / 1000;
    await fetch(`${origin}/done?host=${host}`, { method: "POST", body: JSON.stringify({ seconds, written }) });
  }
}

if (globalThis.process?.argv !== undefined) {
  const [origin, host, engine, npm] = process.argv.slice(2);
  const { Retort } = await import(npm);
  await rounds(Retort, origin, host, engine);
}
