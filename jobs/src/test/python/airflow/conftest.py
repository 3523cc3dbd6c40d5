"""An Airflow of the tests' own: a home, a database, a connection, and a spark-submit that only pretends."""

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

DAGS = Path(__file__).resolve().parents[5] / "airflow-dags"
HOME = Path(tempfile.mkdtemp(prefix="retort-airflow-"))
# Airflow reads these when it is imported.
os.environ.update(
    AIRFLOW_HOME=str(HOME),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__UNIT_TEST_MODE="False",
    AIRFLOW_CONN_RETORT_SPARK=json.dumps({"conn_type": "spark", "host": "local[2]"}),
    RETORT_RETRY_SECONDS="1",
)
sys.path.insert(0, str(DAGS))

PRETENDER = """#!{python}
# Notes what it was asked for, and ends as the file says that bears the class' name: a line an attempt, 0 past the last.
import json, pathlib, sys
here = pathlib.Path({here!r})
job = sys.argv[sys.argv.index("--class") + 1].rpartition(".")[2]
with open(here / "submitted.jsonl", "a") as log:
    log.write(json.dumps({{"job": job, "arguments": sys.argv[1:]}}) + "\\n")
ends = here / job
codes = ends.read_text().split() if ends.exists() else []
if codes:
    ends.write_text(" ".join(codes[1:]))
    sys.exit(int(codes[0]))
"""


@pytest.fixture(scope="session", autouse=True)
def database():
    from airflow.utils.db import initdb

    initdb()


class Submitted:
    """The pretended spark-submit: how jobs are to end, and what was asked of it."""

    def __init__(self, here: Path):
        self.here = here
        self.program = here / "spark-submit"
        self.program.write_text(PRETENDER.format(python=sys.executable, here=str(here)))
        self.program.chmod(0o755)

    def ends(self, job: str, *codes: int) -> None:
        (self.here / job).write_text(" ".join(map(str, codes)))

    def lines(self) -> list[dict]:
        log = self.here / "submitted.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def jobs(self) -> list[str]:
        return [line["job"] for line in self.lines()]


@pytest.fixture
def submitted(tmp_path, monkeypatch):
    from retort_airflow import places

    pretender = Submitted(tmp_path)
    monkeypatch.setattr(places, "SPARK_SUBMIT", str(pretender.program))
    return pretender


def load(dag_id):
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(DAGS), bundle_path=DAGS)
    assert bag.import_errors == {}
    return bag.dags[dag_id]


def run(dag_id, **conf):
    """Runs a DAG in this process and returns the states of its tasks, by id and index."""
    from airflow.sdk import timezone

    dag = load(dag_id)
    # In Airflow 3.3.2, test() looks for the deadline's row, which only the processor of DAGs writes, and fails.
    dag.deadline = None
    outcome = dag.test(logical_date=timezone.utcnow(), run_conf=conf)
    tasks = {(ti.task_id, ti.map_index): ti for ti in outcome.get_task_instances()}
    return outcome, tasks
