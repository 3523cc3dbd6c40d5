"""How the notebooks draw."""

import matplotlib.pyplot as plt
import numpy as np

INK, SOFT, ACCENT, OTHER = "#222222", "#9aa0a6", "#0b6e99", "#c8553d"
plt.rcParams.update(
    {
        "figure.dpi": 110,
        "figure.constrained_layout.use": True,
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": SOFT,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#e6e6e6",
        "legend.frameon": False,
    }
)


def bars(table, title, unit):
    """Groups of bars, a group a row."""
    axes = table.plot.barh(figsize=(8, 0.9 + 0.6 * len(table)), color=[ACCENT, OTHER, SOFT][: table.shape[1]], width=0.75)
    axes.invert_yaxis()
    axes.set(title=title, xlabel=unit, ylabel="")
    axes.grid(axis="y", visible=False)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return axes


def intervals(table, value, title, unit, reference):
    """A point with its interval for each row, and a line to hold it against."""
    shown = table.dropna(subset=[value])
    figure, axes = plt.subplots(figsize=(8, 1.2 + 0.42 * max(1, len(shown))))
    at = np.arange(len(shown))
    reach = [shown[value] - shown.lower, shown.upper - shown[value]]
    axes.axvline(reference, color=SOFT, linestyle="--", linewidth=1)
    axes.errorbar(shown[value], at, xerr=np.clip(reach, 0, None), fmt="o", color=ACCENT, ecolor=ACCENT, capsize=3)
    for y, number in zip(at, shown[value], strict=True):
        axes.annotate(f"{number:.3f}", (number, y), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8)
    axes.set(yticks=at, yticklabels=shown.index, title=title, xlabel=unit, ylim=(len(shown) - 0.4, -0.7))
    axes.grid(axis="y", visible=False)
    if not len(shown):
        axes.text(0.5, 0.5, "not defined for any domain: the tables say why", ha="center", transform=axes.transAxes)
    return figure


def curves(table):
    """Loss by step, a panel a domain."""
    domains = list(dict.fromkeys(table.domain))
    columns = min(3, len(domains))
    rows = -(-len(domains) // columns)
    figure, panels = plt.subplots(rows, columns, figsize=(3.6 * columns, 2.6 * rows), squeeze=False)
    for axes in panels.flat[len(domains) :]:
        axes.set_visible(False)
    for axes, domain in zip(panels.flat, domains, strict=False):
        here = table[table.domain == domain]
        for series, color, mark in (("train", SOFT, None), ("validation", ACCENT, "o")):
            line = here[here.series == series]
            axes.plot(line.step, line.loss, color=color, marker=mark, markersize=2.5, linewidth=1.2, label=series)
        axes.set(title=domain, yscale="log", xlabel="step")
        axes.xaxis.set_major_locator(plt.MaxNLocator(4, integer=True))
        axes.yaxis.set_minor_formatter(plt.NullFormatter())
    panels[0, 0].set_ylabel("loss, nats a position")
    panels[0, 0].legend()
    return figure


def matrix(table, title):
    """Shares as a grid of shades, with their figures."""
    figure, axes = plt.subplots(figsize=(2 + 0.9 * table.shape[1], 1.4 + 0.5 * len(table)))
    axes.imshow(table, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.grid(visible=False)
    for (y, x), share in np.ndenumerate(table.to_numpy()):
        axes.text(x, y, f"{share:.3f}", ha="center", va="center", fontsize=8, color="white" if share > 0.6 else INK)
    axes.set(xticks=range(table.shape[1]), yticks=range(len(table)), xlabel="expert", ylabel="domain", title=title)
    axes.set_xticklabels(table.columns, rotation=30, ha="right")
    axes.set_yticklabels(table.index)
    return figure


def reliability(calibrations):
    """Share right by confidence, before and after the temperature: a panel each of what is predicted."""
    figure, panels = plt.subplots(1, len(calibrations), figsize=(4.4 * len(calibrations), 4), squeeze=False)
    for axes, (title, both) in zip(panels.flat, calibrations.items(), strict=True):
        least = 1.0
        for when, color in (("before", SOFT), ("after", ACCENT)):
            bins = [each for each in both[when]["bins"] if each["predictions"]]
            x, y = [each["confidence"] for each in bins], [each["right"] for each in bins]
            least = min([least, *x, *y])
            axes.plot(x, y, "o-", color=color, markersize=4, label=f"{when}: error {both[when]['ece']:.4f}")
        low = max(0.0, least - 0.05 * (1 - least) - 0.005)
        span = (low, 1 + 0.03 * (1 - low))
        axes.plot(span, span, color=INK, linewidth=0.8, linestyle="--")
        axes.set(xlim=span, ylim=span, title=title, xlabel="confidence", ylabel="share right", aspect="equal")
        axes.legend(loc="upper left")
    return figure
