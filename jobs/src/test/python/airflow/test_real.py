"""Both DAGs with Spark's own spark-submit and Retort's own jobs, one of which is killed. AirflowIT says where they are."""

import json
import os
import signal
import threading
from pathlib import Path

import pytest
from conftest import run

SPARK_HOME = os.environ.get("RETORT_TEST_SPARK_HOME")
pytestmark = pytest.mark.skipif(not SPARK_HOME, reason="RETORT_TEST_SPARK_HOME names no Spark")


class Killer(threading.Thread):
    """Kills the process that trains, once, as soon as the expert of a domain has a checkpoint."""

    def __init__(self, workspace: Path, domain: str):
        super().__init__(daemon=True)
        self.checkpoints = f"experts/{domain}-*/checkpoints/*"
        self.workspace = workspace
        self.domain = domain
        self.killed = []
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.02):
            if any(self.workspace.glob(self.checkpoints)):
                for pid in self.training():
                    os.kill(pid, signal.SIGKILL)
                    self.killed.append(pid)
                return

    def training(self):
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # It has ended meanwhile.
            ours = str(self.workspace).encode() in words and words[0].endswith(b"java")
            if ours and b"io.retort.jobs.distil.DistilJob" in words and self.domain.encode() in words:
                yield int(process.name)


@pytest.fixture
def settings(monkeypatch):
    from retort_airflow import places

    monkeypatch.setattr(places, "SPARK_SUBMIT", f"{SPARK_HOME}/bin/spark-submit")
    monkeypatch.setattr(places, "DRIVER_MEMORY", "1g")
    monkeypatch.setenv("SPARK_HOME", SPARK_HOME)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    given = json.loads(Path(os.environ["RETORT_TEST_SETTINGS"]).read_text())
    return {
        "workspace": os.environ["RETORT_TEST_WORKSPACE"],
        "domains": ["math", "reasoning"],
        "settings": [*given, "domain.math.training.steps=2000", "distil.checkpoint-seconds=0.05"],
    }


def trainings(workspace, domain):
    """Runs that trained the domain's expert, in order: how each ended, and the steps that it told the loss of."""
    for record in sorted(workspace.glob("runs/*-distil-*/provenance.json")):
        events = [json.loads(line) for line in (record.parent / "events.jsonl").read_text().splitlines()]
        steps = [event["step"] for event in events if event.get("expert") == domain]
        if steps:
            yield {"outcome": json.loads(record.read_text())["outcome"], "steps": steps}


def test_from_prompts_to_a_champion_though_a_training_is_killed(settings, tmp_path):
    workspace = Path(settings["workspace"])
    taught, _ = run("retort_teach", **settings)
    assert taught.state == "success"
    assert len(list(workspace.glob("logits/*/manifest.json"))) == 1

    killer = Killer(workspace, "math")
    killer.start()
    gates = tmp_path / "gates.conf"
    gates.write_text("bits_per_byte.math <= 100\n")
    distilled, tasks = run("retort_distil", **settings, gates=str(gates))
    killer.over.set()
    killer.join()

    assert distilled.state == "success"
    assert len(killer.killed) == 1
    assert [tasks["distil", index].try_number for index in (0, 1)] == [2, 1]
    first, second = trainings(workspace, "math")
    assert (first["outcome"], second["outcome"]) == ("killed", "done")
    # It went on from the checkpoint: no loss of the first step is told again.
    assert min(first["steps"]) == 1 < min(second["steps"])
    assert len(list(workspace.glob("experts/*/report.json"))) == 2
    assert len(list(workspace.glob("bundles/quickstart/*/"))) == 1

    assert tasks["promote", -1].state == "success"
    assert tasks["rejected", -1].state == "skipped"

    # All is there: nothing is made again, and what does not pass is not promoted.
    made = files(workspace)
    gates.write_text("bits_per_byte.math <= 0.001\n")
    _, tasks = run("retort_distil", **settings, gates=str(gates))
    assert tasks["gate", -1].state == tasks["rejected", -1].state == "success"
    assert tasks["publish", -1].state == tasks["promote", -1].state == "skipped"
    assert files(workspace) == made


def files(workspace):
    """When each thing was written that jobs made, the registry among it; a report's gates are judged anew each time."""
    made = {}
    for kind in ("corpora", "logits", "bytes", "experts", "routers", "reports", "bundles", "registry"):
        for path in workspace.glob(f"{kind}/**/*"):
            if path.is_file() and path.name != "gates.json":
                made[str(path.relative_to(workspace))] = path.stat().st_mtime_ns
    assert any(name.startswith("registry/") for name in made)
    return made
