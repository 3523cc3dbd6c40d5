// What the page shows: elements made of data, and nothing that decides.

export const byId = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function bytesText(bytes) {
  const units = ["bytes", "kB", "MB", "GB"];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

export function percent(share) {
  const value = 100 * share;
  const short = value < 0.05 || value > 99.95 || (value >= 9.95 && value <= 99.5);
  return `${value.toFixed(short ? 0 : 1)} %`;
}

/** A colour for each expert of the bundle, in its order. */
const colours = new Map();
function colourOf(id) {
  if (!colours.has(id)) {
    colours.set(id, `var(--expert-${colours.size % 6})`);
  }
  return colours.get(id);
}

function coloured(made, id) {
  made.style.setProperty("--colour", colourOf(id));
  return made;
}

/** A bar for each expert of a bundle; {@link showShares} moves them. */
export function listExperts(list, experts) {
  colours.clear();
  list.replaceChildren(
    ...experts.map(({ id, domain, parameters }) => {
      const item = element(
        "li",
        { className: "idle", title: `${parameters.toLocaleString()} parameters` },
        element("span", { className: "name", textContent: id === domain ? id : `${id} (${domain})` }),
        element("span", { className: "share", textContent: percent(0) }),
        element("span", { className: "bar", ariaHidden: "true" }, element("span")),
      );
      item.querySelector(".bar span").style.width = "0";
      item.dataset.id = id;
      return coloured(item, id);
    }),
  );
}

/** Shows the shares of those that answer, and that the others do not. */
export function showShares(list, experts) {
  const shares = new Map(experts.map(({ id, weight }) => [id, weight]));
  for (const item of list.children) {
    const share = shares.get(item.dataset.id) ?? 0;
    item.classList.toggle("idle", share === 0);
    item.querySelector(".share").textContent = percent(share);
    item.querySelector(".bar span").style.width = `${100 * share}%`;
  }
}

/** The same as one bar and one line, for small screens. */
export function showMix(mix, experts) {
  mix.replaceChildren(
    element(
      "span",
      { className: "strip" },
      ...experts.map(({ id, weight }) => {
        const part = coloured(element("span"), id);
        part.style.flexGrow = String(weight);
        return part;
      }),
    ),
    element("span", { textContent: `${experts[0].id} ${percent(experts[0].weight)}` }),
  );
}

/** A prompt with room for its answer. */
export function exchange(prompt) {
  const answered = element("pre", { className: "answered" });
  const by = element("p", { className: "by" });
  const item = element("li", { className: "running" }, element("pre", { className: "asked", textContent: prompt.trimEnd() }), answered, by);
  return { item, answered, by };
}

const STOPS = {
  end_of_text: "",
  byte_limit: "cut at the most bytes",
  context_limit: "cut where its context is full",
  stop_text: "ended at the stop text",
  cancelled: "stopped",
};

/** The line below an answer: who wrote it, how fast, how it ended. */
export function showBy(by, { experts, confidence, unknown, stop, bytes, milliseconds }) {
  by.replaceChildren(
    ...experts
      .filter(({ weight }) => weight >= 0.005)
      .map(({ id, weight }) => coloured(element("span", { className: "who", textContent: `${id} ${percent(weight)}` }), id)),
    element("span", { textContent: `${bytes} bytes in ${(milliseconds / 1000).toFixed(2)} s` }),
  );
  if (STOPS[stop]) {
    by.append(element("span", { textContent: STOPS[stop] }));
  }
  if (unknown) {
    by.append(element("span", { className: "warned", textContent: "no expert knows prompts like this one" }));
  } else if (confidence < 0.5) {
    by.append(element("span", { className: "warned", textContent: "the router is unsure" }));
  }
}
