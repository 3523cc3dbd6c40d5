// The page: opens a bundle, routes while one types, writes answers as they come.
import { Retort } from "./npm/retort.js";
import { checkSchema, isWanted, layOut, setSchema, setWanted, showSchemaProblem, wantedSchema } from "./json.js";
import { byId, bytesText, element, exchange, listExperts, percent, showBy, showMix, showShares } from "./view.js";

const ROUTE_DELAY_MILLIS = 120;

let runtime;
/** What it was opened of, and whether it can be asked for JSON. */
let opened = { bundle: undefined, structured: false };
/** While a bundle is being opened, and no longer. */
let opening;
let answering;
let routing;
let bundles = [];

function say(text) {
  byId("said").textContent = text;
}

function showProblem(error) {
  byId("problem").textContent = error.message;
  byId("problem").hidden = false;
}

function showNetwork() {
  byId("network").textContent = navigator.onLine ? "" : "Offline";
}

// Opening

function showProgress({ bytesDone, bytesTotal, filesDone, filesTotal }) {
  byId("download-bar").max = Math.max(1, bytesTotal);
  byId("download-bar").value = bytesDone;
  byId("download-text").textContent = `${bytesText(bytesDone)} of ${bytesText(bytesTotal)}, ${filesDone} of ${filesTotal} files`;
}

/** @param progress the last of a download; undefined where a folder was opened */
function showDownloaded({ bytesDone, bytesFromCache } = { bytesDone: 0 }) {
  const kept = bytesFromCache === bytesDone ? "nothing, all was kept" : bytesText(bytesDone - bytesFromCache);
  byId("downloaded").textContent = bytesFromCache === undefined ? "nothing, it is a folder" : kept;
}

function setReady(ready) {
  byId("prompt").disabled = !ready;
  byId("ask").disabled = !ready;
  for (const button of document.querySelectorAll(".chips button")) {
    button.disabled = !ready;
  }
}

/** @param shown what is done once it is open */
async function open(bundle, shown = showOpened) {
  opening?.abort();
  answering?.abort();
  opening = new AbortController();
  const { signal } = opening;
  let next = showJsonReady;
  byId("problem").hidden = true;
  byId("download").hidden = typeof bundle !== "string";
  byId("download-bar").removeAttribute("value");
  byId("download-text").textContent = "";
  setReady(false);
  say("Opening the bundle");
  const structured = isWanted();
  let last;
  const onProgress = (progress) => showProgress((last = progress));
  try {
    const found = await Retort.initialize({
      bundle,
      structured,
      engine: byId("engine").value,
      maxMemory: byId("max-memory").valueAsNumber * 1e6,
      enableWebWorkers: byId("in-worker").checked,
      onProgress,
      signal,
    });
    runtime?.close();
    runtime = found;
    opened = { bundle, structured };
    if (lacksJson()) {
      next = () => shown(last);
    } else {
      await shown(last);
    }
  } catch (error) {
    if (!signal.aborted) {
      showProblem(error);
      setWanted(isWanted() && opened.structured);
      showExamples();
      setReady(runtime !== undefined);
    }
  } finally {
    if (!signal.aborted) {
      byId("download").hidden = true;
      opening = undefined;
    }
  }
  if (!signal.aborted && lacksJson()) {
    // The switch was turned while the bundle was opened.
    await open(opened.bundle, next);
  }
}

async function showMemory() {
  const usage = await runtime.getMemoryUsage().catch(() => undefined); // it was closed meanwhile
  if (usage !== undefined) {
    const few = usage.activeExperts < runtime.experts.length ? `, ${usage.activeExperts} of ${runtime.experts.length} experts` : "";
    byId("memory").textContent = bytesText(usage.expertBytes + usage.routerBytes) + few;
  }
}

async function showOpened(progress) {
  showDownloaded(progress);
  await showMemory();
  const count = `${runtime.experts.length} expert${runtime.experts.length === 1 ? "" : "s"}`;
  const parameters = runtime.experts.reduce((sum, expert) => sum + expert.parameters, 0);
  byId("bundle-summary").textContent = `${runtime.bundle}, ${count}, ${parameters.toLocaleString()} parameters`;
  byId("opener").open = false;
  listExperts(byId("experts"), runtime.experts);
  byId("mix").replaceChildren();
  byId("welcome-text").textContent = "Ready, and it stays so without a network. Ask, or begin with one of these:";
  showExamples();
  showEngine();
  setReady(true);
  say(`${runtime.bundle} is open with ${count}`);
  byId("prompt").focus();
  await routeNow();
}

function showEngine() {
  const engine = runtime.engine === "webassembly" ? "WebAssembly" : "JavaScript";
  byId("engine-used").textContent = byId("in-worker").checked ? `${engine}, in a worker` : engine;
}

function showExamples() {
  const name = runtime?.bundle.split(" ")[0];
  const { examples = [], jsonExamples = [] } = bundles.find((bundle) => bundle.name === name) ?? {};
  const chip = ({ title, prompt, schema }) => {
    const onclick = () => {
      if (schema !== undefined) {
        setSchema(schema);
      }
      ask(prompt);
    };
    return element("li", {}, element("button", { type: "button", textContent: title, title: prompt, onclick }));
  };
  byId("examples").replaceChildren(...(isWanted() ? jsonExamples : examples).map(chip));
  if (byId("schema").value === "") {
    setSchema(jsonExamples[0]?.schema);
  }
}

// JSON

function lacksJson() {
  return isWanted() && runtime !== undefined && !opened.structured;
}

function showJsonReady() {
  showEngine();
  setReady(true);
  say(isWanted() ? "Answers are JSON that matches the schema" : "Ready");
}

/** The first time, the same bundle is opened once more, with the build that can be held to a schema; one that is being opened, then. */
async function switchJson() {
  setWanted(isWanted());
  showExamples();
  if (opening === undefined && lacksJson()) {
    await open(opened.bundle, showJsonReady);
  }
}

// Routing while one types

function showRouting({ confidence, experts, unknown }) {
  showShares(byId("experts"), experts);
  showMix(byId("mix"), experts);
  byId("confidence").ariaValueNow = String(Math.round(100 * confidence));
  byId("confidence").firstElementChild.style.width = `${100 * confidence}%`;
  byId("confidence-text").textContent = percent(confidence);
  byId("experts-note").textContent = unknown
    ? "This is like nothing that the experts were trained on."
    : "Their predictions of each byte are mixed in these shares.";
}

async function routeNow() {
  const prompt = byId("prompt").value;
  if (runtime === undefined || prompt.trim() === "") {
    return;
  }
  const asked = (routing = runtime.route(prompt));
  const found = await asked.catch(() => undefined); // it was closed meanwhile
  if (found !== undefined && asked === routing) {
    showRouting(found);
  }
}

// Asking

function optionsOfForm() {
  return {
    maxBytes: byId("max-bytes").valueAsNumber,
    temperature: byId("temperature").valueAsNumber,
    topP: byId("top-p").valueAsNumber,
    topK: byId("top-k").valueAsNumber,
    seed: byId("seed").valueAsNumber,
    stop: byId("stop-text").value === "" ? [] : byId("stop-text").value,
  };
}

async function ask(prompt) {
  if (runtime === undefined || prompt.trim() === "" || !byId("ask-form").reportValidity()) {
    return;
  }
  const jsonSchema = wantedSchema();
  if (jsonSchema !== undefined && !checkSchema()) {
    byId("schema").focus();
    return;
  }
  answering?.abort();
  const controller = (answering = new AbortController());
  const { item, answered, by } = exchange(prompt);
  document.body.classList.add("talking");
  byId("exchanges").append(item);
  byId("stop").disabled = false;
  const began = performance.now();
  let routed = { experts: [], confidence: 1 };
  const read = new TextEncoder().encode(prompt).length;
  let bytes = 0;
  const show = (stop) => {
    const milliseconds = performance.now() - began;
    byId("speed").textContent = `${Math.round((1000 * (read + bytes)) / milliseconds).toLocaleString()} bytes/s`;
    showBy(by, { ...routed, stop, bytes, milliseconds });
  };
  try {
    const answer = await runtime.processRequest(prompt, {
      ...optionsOfForm(),
      jsonSchema,
      signal: controller.signal,
      onRouting: (found) => showRouting((routed = found)),
      onToken: () => bytes++,
      onText: (piece) => {
        answered.append(piece);
        show("end_of_text");
        by.scrollIntoView({ block: "nearest" });
      },
    });
    if (jsonSchema !== undefined) {
      layOut(answered, answer.text);
    }
    show(answer.stop);
    await showMemory();
    say(`Answer by ${answer.experts[0].id}: ${answer.text}`);
  } catch (error) {
    if (controller.signal.aborted) {
      show("cancelled");
      say("Stopped");
    } else {
      by.replaceChildren(element("span", { className: "warned", textContent: error.message }));
      say(error.message);
      if (error.message.startsWith("#")) {
        showSchemaProblem(error.message); // it begins with the place in the schema
      }
    }
  } finally {
    item.classList.remove("running");
    by.scrollIntoView({ block: "nearest" });
    if (answering === controller) {
      answering = undefined;
      byId("stop").disabled = true;
    }
  }
}

function askTyped() {
  const prompt = byId("prompt").value;
  if (wantedSchema() === undefined || checkSchema()) {
    byId("prompt").value = "";
  }
  ask(prompt);
}

// Events

byId("open-form").addEventListener("submit", (event) => {
  event.preventDefault();
  open(new URL(byId("bundle-url").value, location.href).href);
});
byId("bundle-list").addEventListener("change", (event) => {
  byId("bundle-url").value = event.target.value;
  if (event.target.value === "") {
    byId("bundle-url").focus();
  }
});
byId("bundle-folder").addEventListener("change", (event) => {
  if (event.target.files.length > 0) {
    open([...event.target.files]);
  }
});
byId("ask-form").addEventListener("submit", (event) => {
  event.preventDefault();
  askTyped();
});
byId("prompt").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    askTyped();
  }
});
let typing;
byId("prompt").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(routeNow, ROUTE_DELAY_MILLIS);
});
byId("stop").addEventListener("click", () => {
  answering?.abort();
  byId("prompt").focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    answering?.abort();
  }
});
byId("as-json").addEventListener("change", switchJson);
byId("schema").addEventListener("input", checkSchema);
addEventListener("online", showNetwork);
addEventListener("offline", showNetwork);
showNetwork();

async function begin() {
  setWanted(isWanted());
  const response = await fetch("bundles.json").catch(() => undefined);
  if (response?.ok) {
    bundles = await response.json();
  }
  const listed = bundles.filter(({ url }) => url !== undefined);
  byId("bundle-list").replaceChildren(
    ...listed.map(({ name, version, url }) => element("option", { value: new URL(url, location.href).href, textContent: `${name} ${version ?? ""}` })),
    element("option", { value: "", textContent: "another, by its URL" }),
  );
  byId("bundle-url").value = byId("bundle-list").value;
  const first = listed[0] ? byId("bundle-list").value : undefined;
  if (first) {
    await open(first);
  }
}

await begin();
