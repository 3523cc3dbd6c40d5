"""A new dataset of teacher logits every interval: prepare, then teach. It calls retort_distil."""

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

    @task(retries=0, multiple_outputs=True)
    def settings(params=None, dag_run=None):
        """What every job of this run is told."""
        start = dag_run.data_interval_start or dag_run.run_after
        return dags.plan(params, start, dag_run.data_interval_end or start)

    told = settings()
    prepare = RetortJob(task_id="prepare", job="prepare.PrepareJob", application_args=told["words"])
    teach = RetortJob(
        task_id="teach",
        job="teach.TeachJob",
        application_args=told["words"],
        pool=places.POOL_TEACHER,
        outlets=[places.LOGITS],
    )
    prepare >> teach
