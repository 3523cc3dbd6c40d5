"""What both DAGs have in common."""

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import AsyncCallback, DeadlineAlert, DeadlineReference
from airflow.sdk.exceptions import AirflowFailException

from retort_airflow import alerts, parameters, places

TASKS = {
    "retries": places.RETRIES,
    "retry_delay": places.RETRY_DELAY,
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(hours=1),
    "on_failure_callback": alerts.failed,
}


def deadline(dag: str) -> DeadlineAlert:
    """Tells when a run is not done in time."""
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=places.DEADLINE,
        callback=AsyncCallback(alerts.late, kwargs={"dag": dag, "hours": places.DEADLINE / timedelta(hours=1)}),
    )


def plan(params: dict[str, Any], start: datetime, end: datetime) -> dict[str, Any]:
    """The words of all jobs of a run, and the parameters they come from, for whoever its dataset calls."""
    inherited = {name: params[name] for name in parameters.INHERITED}
    try:
        line = parameters.words(params, start, end)
        if inherited["data"]:
            inherited["data"] = parameters.partition(inherited["data"], start, end)
    except ValueError as e:
        # It will be wrong again.
        raise AirflowFailException(str(e)) from e
    return {"words": line, "parameters": inherited}
