"""Retort's jobs as tasks: what spark-submit ends with decides whether the task is done, tried again, or failed for good."""

import re
from typing import Any

from airflow.exceptions import AirflowException, AirflowNotFoundException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseHook, Context
from airflow.sdk.exceptions import AirflowFailException

from retort_airflow import places

GATE_FAILED = 1
BAD_INPUT = 2
_EXIT_CODE = re.compile(r"Error code is: (-?\d+)")


class RetortJob(SparkSubmitOperator):
    """A job's class, submitted with its words.

    Exit code 2 is bad input, which fails again: no retry. Anything else, a process that was killed too, is tried again, and the
    job goes on where it was.
    """

    def __init__(self, *, job: str, **kwargs: Any) -> None:
        kwargs.setdefault("pool", places.POOL_SPARK)
        super().__init__(
            application=places.jobs_jar(),
            java_class=f"io.retort.jobs.{job}",
            conn_id=places.CONNECTION,
            spark_binary=places.SPARK_SUBMIT,
            driver_memory=places.DRIVER_MEMORY,
            name="retort-" + job.rpartition(".")[2],
            **kwargs,
        )
        self.job = job

    def execute(self, context: Context) -> Any:
        try:
            # The hook would take the missing connection for YARN.
            BaseHook.get_connection(places.CONNECTION)
        except AirflowNotFoundException as e:
            raise AirflowFailException(f"expected a connection {places.CONNECTION} of type spark, found none") from e
        try:
            super().execute(context)
        except AirflowException as e:
            return self.ended(exit_code(e), e)
        for outlet in self.outlets:
            context["outlet_events"][outlet].extra = {"parameters": self.parameters(context)}
        return None

    def ended(self, code: int | None, cause: AirflowException) -> Any:
        """What it means that the job did not end with 0."""
        if code == BAD_INPUT:
            raise AirflowFailException(f"{self.job}: bad input, not tried again; its log says what is wrong") from cause
        raise cause

    @staticmethod
    def parameters(context: Context) -> dict[str, Any]:
        """By which settings a dataset was made, for whoever the dataset calls."""
        return context["ti"].xcom_pull(task_ids="settings")["parameters"]


class RetortGate(RetortJob):
    """The job that judges: returns whether all gates hold. A gate that does not is an outcome and no fault of the task."""

    def execute(self, context: Context) -> bool:
        return super().execute(context) is not False

    def ended(self, code: int | None, cause: AirflowException) -> Any:
        if code == GATE_FAILED:
            self.log.warning("%s: a gate does not hold; the lines above say which", self.job)
            return False
        return super().ended(code, cause)


def exit_code(error: AirflowException) -> int | None:
    """The exit code of spark-submit, which the hook tells in words alone; nothing where it did not run."""
    found = _EXIT_CODE.search(str(error))
    return int(found.group(1)) if found else None
