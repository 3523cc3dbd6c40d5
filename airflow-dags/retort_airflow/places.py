"""Where jobs run, from the environment of Airflow's processes; docs/airflow.md lists the variables."""

import os
from datetime import timedelta
from pathlib import Path

from airflow.sdk import Asset

HOME = Path(__file__).resolve().parents[2]

CONNECTION = os.environ.get("RETORT_SPARK_CONNECTION", "retort_spark")
SPARK_SUBMIT = os.environ.get("RETORT_SPARK_SUBMIT", "spark-submit")
DRIVER_MEMORY = os.environ.get("RETORT_DRIVER_MEMORY", "2g")
GATES = os.environ.get("RETORT_GATES", str(HOME / "examples" / "gates.conf"))
SCHEDULE = os.environ.get("RETORT_SCHEDULE", "0 3 * * 1")
DEADLINE = timedelta(hours=float(os.environ.get("RETORT_DEADLINE_HOURS", "24")))
RETRY_DELAY = timedelta(seconds=float(os.environ.get("RETORT_RETRY_SECONDS", "60")))
RETRIES = 3

# Each bounds what the tasks of its kind may do at a time, over all runs: airflow-dags/pools.json has their sizes.
POOL_TEACHER = "retort_teacher"
POOL_TRAINING = "retort_training"
POOL_SPARK = "retort_spark"

# One event each time a dataset of teacher logits is there; its extra says by which settings it was made.
LOGITS = Asset(name="retort_logits", uri="retort://logits", group="retort")
BUNDLE = Asset(name="retort_bundle", uri="retort://bundle", group="retort")


def jobs_jar() -> str:
    """The jar that is submitted: RETORT_JOBS_JAR, or the one that was built here."""
    given = os.environ.get("RETORT_JOBS_JAR")
    if given:
        return given
    built = sorted((HOME / "jobs" / "target").glob("retort-jobs-*.jar"))
    # Where nothing was built, the task says so and not the import of the DAG.
    return str(built[-1] if built else HOME / "jobs" / "target" / "retort-jobs.jar")
