// node cancelling.js <URL of the package's retort.node.js> <options as JSON>: prints what happened as JSON.
const [packageUrl, text] = process.argv.slice(2);
const { Retort } = await import(packageUrl);
const retort = await Retort.initialize(JSON.parse(text));
// Random experts that are asked greedily mostly go round and round; this finds a prompt whose answer does not end.
const endless = { maxBytes: 2500 };
let prompt = "";
for (let i = 0; prompt === ""; i++) {
  const { stop } = await retort.processRequest(`go on ${i}`, { maxBytes: 1000 });
  prompt = stop === "byte_limit" ? `go on ${i}` : "";
}

const controller = new AbortController();
let told = 0;
const outcome = await retort
  .processRequest(prompt, {
    ...endless,
    signal: controller.signal,
    onToken: () => ++told === 3 && controller.abort(),
  })
  .then((answer) => answer.stop, (error) => error.name);
const toldWhenItEnded = told;

// Others have their turn while an answer is written, and answers that overlap do not mix.
const order = [];
const long = retort.processRequest(prompt, endless).then((answer) => (order.push("long"), answer));
const short = retort.processRequest(prompt, { maxBytes: 5 }).then((answer) => (order.push("short"), answer));
let ticks = 0;
const ticking = setInterval(() => ticks++, 1);
const [together] = [await long, await short];
clearInterval(ticking);
const alone = await retort.processRequest(prompt, endless);

const thrown = await retort
  .processRequest(prompt, { ...endless, onToken: () => { throw new Error("the listener's own"); } })
  .then(() => "nothing", (error) => error.message);
const left = retort.processRequest(prompt, endless).then((answer) => answer.stop, (error) => error.code);
retort.close();
const closed = await retort.route("x").then(() => "nothing", (error) => error.code);
console.log(JSON.stringify({
  outcome,
  toldMore: told - toldWhenItEnded,
  order,
  ticked: ticks > 0,
  same: String(together.bytes) === String(alone.bytes),
  thrown,
  left: await left,
  closed,
}));
