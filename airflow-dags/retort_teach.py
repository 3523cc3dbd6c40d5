"""Prepares the corpus of an interval and asks the teacher about it: a new dataset of logits, which calls `retort_distil`.

Unpaused, it runs at once for the interval that ended last, then after each. The parameter `data` says what is new in an interval;
without it all have the same corpus, and all runs but the first find their work done. Backfill and alerts: docs/airflow.md.
"""

from airflow.sdk import DAG, CronDataIntervalTimetable, task

from retort_airflow import dags, parameters, places
from retort_airflow.jobs import RetortJob

with DAG(
    dag_id="retort_teach",
    description="Prepares a corpus and asks the teacher about it.",
    schedule=CronDataIntervalTimetable(places.SCHEDULE, timezone="UTC"),
    catchup=False,
    params=parameters.of_teaching(),
    default_args=dags.TASKS,
    deadline=dags.deadline("retort_teach"),
    tags=["retort"],
    doc_md=__doc__,
):

    @task(multiple_outputs=True)
    def settings(params=None, dag_run=None):
        """What every job of this run is told."""
        start = dag_run.data_interval_start or dag_run.run_after
        return dags.plan(params, start, dag_run.data_interval_end or start)

    told = settings()
    prepare = RetortJob(
        task_id="prepare",
        job="prepare.PrepareJob",
        application_args=told["words"],
        doc_md="The corpus: documents of every domain, from the sources that the settings name.",
    )
    teach = RetortJob(
        task_id="teach",
        job="teach.TeachJob",
        application_args=told["words"],
        pool=places.POOL_TEACHER,
        outlets=[places.LOGITS],
        doc_md="The teacher's logits of the corpus. A task that is tried again keeps the shards that are done.",
    )
    prepare >> teach
