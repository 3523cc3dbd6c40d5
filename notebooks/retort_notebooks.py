"""What the notebooks share: finding things in a workspace, reading them as tables, and drawing them."""

import json
import math
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

REPLICATES = 2000
SEED = 1729


@dataclass(frozen=True)
class Workspace:
    """A workspace that jobs have written, read only."""

    path: Path

    @classmethod
    def of_environment(cls):
        """The one of RETORT_WORKSPACE, else the directory workspace beside the notebooks' own."""
        given = os.environ.get("RETORT_WORKSPACE")
        path = Path(given) if given else Path(__file__).resolve().parents[1] / "workspace"
        if not path.is_dir():
            raise FileNotFoundError(f"expected a workspace at {path}; RETORT_WORKSPACE says where it is")
        return cls(path.resolve())

    @cached_property
    def reports(self):
        """Evaluations, the newest first."""
        found = [Report(path.parent) for path in self.path.glob("reports/*/evaluation.json")]
        if not found:
            raise FileNotFoundError(f"expected a report below {self.path}/reports; retort evaluate makes one")
        return sorted(found, key=lambda report: report.results["date"], reverse=True)

    def corpus(self, report):
        return self._made("corpora", report.results["inputs"]["corpus"])

    def logits(self, report):
        return self._made("logits", report.results["inputs"]["logits"])

    def byte_targets(self, report):
        """Those that were made from the report's logits."""
        digest = json.loads((self.logits(report) / "manifest.json").read_text())["dataset_digest"]
        for manifest in sorted(self.path.glob("bytes/*/manifest.json")):
            if json.loads(manifest.read_text())["logitsDigest"] == digest:
                return manifest.parent
        raise FileNotFoundError(f"expected byte targets of the logits {digest} in {self.path}/bytes, found none")

    def _made(self, kind, name):
        if not (self.path / kind / name / "manifest.json").is_file():
            raise FileNotFoundError(f"expected {kind}/{name} in {self.path}, found no manifest")
        return self.path / kind / name

    def curves(self, report):
        """Losses by step of the experts that a report is about: a row a look."""
        rows = []
        for domain in report.domains:
            directory = report.results["inputs"].get(f"expert.{domain}")
            if directory is None:
                raise KeyError(f"expected which expert of {domain} was evaluated in {report.path}, found none; evaluate again")
            rows += [{"domain": domain} | point for point in _json(self.path / "experts" / directory / "report.json")["curve"]]
        return pd.DataFrame(rows)


@dataclass(frozen=True)
class Report:
    """What an evaluation has written."""

    path: Path

    @cached_property
    def results(self):
        return _json(self.path / "results.json")

    @cached_property
    def evaluation(self):
        return _json(self.path / "evaluation.json")

    @property
    def name(self):
        return f"{self.path.name[:8]} of {self.results['date'][:16].replace('T', ' ')}"

    @property
    def domains(self):
        return sorted(self.evaluation["retention"])

    def retention(self):
        """A row a domain: retention with its interval, and what it is made from."""
        return pd.DataFrame.from_dict(self.evaluation["retention"], orient="index").rename_axis("domain").sort_index()

    def outcomes(self):
        """A row a document and model; docs/evaluation.md explains the columns."""
        files = f"{self.path}/samples/*/*.parquet"
        return duckdb.sql(f"select * from read_parquet('{files}', hive_partitioning = false)").df()

    def shares_documents(self, other):
        """Whether both are over the same test documents: only then figures may be compared."""
        return self._documents() == other._documents()

    def _documents(self):
        files = f"{self.path}/samples/*/*.parquet"
        rows = duckdb.sql(f"select distinct domain, document_id from read_parquet('{files}', hive_partitioning = false)")
        return set(rows.fetchall())

    def scores(self, outcomes):
        """By domain, the scores that retention is made from, computed again from the outcomes."""
        rows = []
        for domain, stated in self.evaluation["retention"].items():
            metric = stated.get("metric", "acc")
            floor = "majority" if metric == "acc" else "unigram"
            here = outcomes[outcomes.domain == domain]
            row = {
                name: _score(here[here.model == model], metric)
                for name, model in {"teacher": "teacher", "expert": domain, "floor": floor}.items()
            }
            rows.append({"domain": domain, "metric": metric} | row)
        table = pd.DataFrame(rows).set_index("domain").sort_index()
        table["retention"] = (table.expert - table.floor) / (table.teacher - table.floor)
        return table

    def routing(self, outcomes):
        """The mean weight that the router gives each expert, by domain."""
        routed = outcomes[(outcomes.model == "ensemble") & (outcomes.experts != "")]
        rows = [
            {"domain": domain} | {name: float(weight) for name, weight in (part.split("=") for part in said.split())}
            for domain, said in zip(routed.domain, routed.experts, strict=True)
        ]
        table = pd.DataFrame(rows).fillna(0.0)
        return table.groupby("domain").mean() if len(table) else table

    def calibration(self, of):
        """Bins before and after the temperature, of "next_symbols" or "answers", with the stated error."""
        return (self.results.get("routing") or {}).get("calibration", {}).get(of, {})


def expected_calibration_error(bins):
    """The mean distance of confidence and share right, by predictions."""
    n = sum(each["predictions"] for each in bins)
    return sum(each["predictions"] * abs(each["confidence"] - each["right"]) for each in bins) / n


def _score(outcomes, metric):
    if metric == "acc":
        return outcomes.correct.mean()
    return outcomes.text_nats.sum() / math.log(2) / outcomes.text_bytes.sum()


def _json(path):
    return json.loads(Path(path).read_text())


def query(sql, **places):
    """A table from SQL whose {names} stand for places."""
    return duckdb.sql(sql.format(**places)).df()


def arrow(file):
    """A file of byte targets, mapped and not read."""
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()


def positions(table, row):
    """One document's byte targets: a row a position, with its likeliest next symbols."""
    document = table.slice(row, 1).to_pylist()[0]
    text, start, rows = document["text"], 0, []
    for position, count in enumerate(document["counts"]):
        symbols = document["symbols"][start : start + count]
        shares = [share / 65535 for share in document["probabilities"][start : start + count]]
        start += count
        actual = text[position] if position < len(text) else 256
        rows.append(
            {
                "position": position,
                "actual": _symbol(actual),
                "likeliest": " ".join(f"{_symbol(s)} {p:.2f}" for s, p in zip(symbols[:4], shares[:4], strict=True)),
                "p(actual)": dict(zip(symbols, shares, strict=True)).get(actual, 0.0),
                "confidence": document["confidence"][position] / 255,
                "prompt": position < document["prompt_bytes"],
            }
        )
    return pd.DataFrame(rows).set_index("position")


def _symbol(code):
    if code == 256:
        return "end"
    return repr(chr(code))[1:-1] if code != 32 else "␣"


def pair(first, second):
    """Documents that two tables of outcomes share and that ask something, with what each got right."""
    columns = ["domain", "document_id", "correct"]
    both = first[columns].merge(second[columns], on=columns[:2], suffixes=("_champion", "_challenger"))
    return both.dropna()


def compare(both):
    """By domain: the paired difference with its bootstrap interval at 95%, and the exact p of McNemar's test."""
    rows = []
    for domain, here in both.groupby("domain"):
        champion, challenger = here.correct_champion.to_numpy(), here.correct_challenger.to_numpy()
        weights = np.random.default_rng(SEED).poisson(1, (REPLICATES, len(here)))
        means = weights @ (challenger - champion) / np.maximum(weights.sum(axis=1), 1)
        won, lost = int((challenger > champion).sum()), int((challenger < champion).sum())
        rows.append(
            {
                "domain": domain,
                "documents": len(here),
                "champion": champion.mean(),
                "challenger": challenger.mean(),
                "difference": (challenger - champion).mean(),
                "lower": np.percentile(means, 2.5),
                "upper": np.percentile(means, 97.5),
                "won": won,
                "lost": lost,
                "p": mcnemar(won, lost),
            }
        )
    return pd.DataFrame(rows).set_index("domain")


def mcnemar(won, lost):
    """Two-sided: how likely a fair coin divides the documents that differ at least as unevenly."""
    n, k = won + lost, min(won, lost)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)
