// The page: opens a bundle, routes while one types, writes answers as they come.
import { Retort } from "./npm/retort.js";
import { byId, bytesText, element, exchange, listExperts, percent, showBy, showMix, showShares } from "./view.js";

const ROUTE_DELAY_MILLIS = 120;

let runtime;
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

function showProgress({ bytesDone, bytesTotal, bytesFromCache, filesDone, filesTotal }) {
  byId("download-bar").max = Math.max(1, bytesTotal);
  byId("download-bar").value = bytesDone;
  byId("download-text").textContent = `${bytesText(bytesDone)} of ${bytesText(bytesTotal)}, ${filesDone} of ${filesTotal} files`;
  byId("downloaded").textContent =
    bytesFromCache === bytesTotal ? "nothing, all was kept" : bytesText(bytesDone - bytesFromCache);
}

function setReady(ready) {
  byId("prompt").disabled = !ready;
  byId("ask").disabled = !ready;
  for (const button of byId("examples").querySelectorAll("button")) {
    button.disabled = !ready;
  }
}

async function open(bundle) {
  opening?.abort();
  answering?.abort();
  opening = new AbortController();
  const { signal } = opening;
  byId("problem").hidden = true;
  byId("download").hidden = typeof bundle !== "string";
  byId("download-bar").removeAttribute("value");
  byId("download-text").textContent = "";
  byId("downloaded").textContent = "–";
  setReady(false);
  say("Opening the bundle");
  try {
    const opened = await Retort.initialize({
      bundle,
      engine: byId("engine").value,
      maxMemory: byId("max-memory").valueAsNumber * 1e6,
      enableWebWorkers: byId("in-worker").checked,
      onProgress: showProgress,
      signal,
    });
    runtime?.close();
    runtime = opened;
    await showOpened();
  } catch (error) {
    if (!signal.aborted) {
      showProblem(error);
      setReady(runtime !== undefined);
    }
  } finally {
    if (!signal.aborted) {
      byId("download").hidden = true;
    }
  }
}

async function showOpened() {
  const { expertBytes, routerBytes } = await runtime.getMemoryUsage();
  const count = `${runtime.experts.length} expert${runtime.experts.length === 1 ? "" : "s"}`;
  const engine = runtime.engine === "webassembly" ? "WebAssembly" : "JavaScript";
  byId("memory").textContent = bytesText(expertBytes + routerBytes);
  byId("engine-used").textContent = byId("in-worker").checked ? `${engine}, in a worker` : engine;
  byId("bundle-summary").textContent = `${runtime.bundle}, ${count}, ${bytesText(expertBytes + routerBytes)} of weights`;
  byId("opener").open = false;
  listExperts(byId("experts"), runtime.experts);
  byId("mix").replaceChildren();
  byId("welcome-text").textContent = "Ready, and it stays so without a network. Ask, or begin with one of these:";
  showExamples();
  setReady(true);
  say(`${runtime.bundle} is open with ${count}`);
  byId("prompt").focus();
  await routeNow();
}

function showExamples() {
  const name = runtime?.bundle.split(" ")[0];
  const { examples = [] } = bundles.find((bundle) => bundle.name === name) ?? {};
  byId("examples").replaceChildren(
    ...examples.map(({ title, prompt }) =>
      element("li", {}, element("button", { type: "button", textContent: title, title: prompt, onclick: () => ask(prompt) })),
    ),
  );
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
      signal: controller.signal,
      onRouting: (found) => showRouting((routed = found)),
      onToken: () => bytes++,
      onText: (piece) => {
        answered.append(piece);
        show("end_of_text");
        item.scrollIntoView({ block: "nearest" });
      },
    });
    show(answer.stop);
    say(`Answer by ${answer.experts[0].id}: ${answer.text}`);
  } catch (error) {
    if (controller.signal.aborted) {
      show("cancelled");
      say("Stopped");
    } else {
      by.replaceChildren(element("span", { className: "warned", textContent: error.message }));
    }
  } finally {
    item.classList.remove("running");
    item.scrollIntoView({ block: "nearest" });
    if (answering === controller) {
      answering = undefined;
      byId("stop").disabled = true;
    }
  }
}

function askTyped() {
  const prompt = byId("prompt").value;
  byId("prompt").value = "";
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
addEventListener("online", showNetwork);
addEventListener("offline", showNetwork);
showNetwork();

async function begin() {
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
