"""Experts from a dataset of teacher logits, their router, report and bundle; what passes its gates is published."""

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

from retort_airflow import alerts, dags, parameters, places
from retort_airflow.jobs import RetortGate, RetortJob

with DAG(
    dag_id="retort_distil",
    description="Trains experts on teacher logits, and publishes those that pass their gates.",
    schedule=[places.LOGITS],
    params=parameters.of_distilling(),
    default_args=dags.TASKS,
    deadline=dags.deadline("retort_distil"),
    # A dataset that comes while the DAG is paused calls nobody.
    is_paused_upon_creation=False,
    tags=["retort"],
    doc_md=__doc__,
):

    @task(retries=0, multiple_outputs=True)
    def settings(params=None, dag_run=None, triggering_asset_events=None):
        """What every job of this run is told: by the dataset that called it, else by the form."""
        datasets = []
        for event in (triggering_asset_events or {}).get(places.LOGITS, []):
            if event.extra.get("parameters") and event.extra["parameters"] not in datasets:
                datasets.append(event.extra["parameters"])
        mine = dict(params) | (datasets.pop() if datasets else {})
        plan = dags.plan(mine, dag_run.run_after, dag_run.run_after)
        plan["gates"] = ["--gates", mine["gates"]]
        # Airflow calls one run for all datasets that came since the last: each other one gets a run of its own.
        plan["others"] = [mine | other for other in datasets]
        return plan

    told = settings()

    @task
    def others(plan):
        return plan["others"]

    TriggerDagRunOperator.partial(task_id="distil_others", trigger_dag_id="retort_distil").expand(conf=others(told))

    @task
    def trainings(plan):
        """One training a domain, from the corpus of all of them."""
        return [[*plan["words"], "--only", domain] for domain in plan["parameters"]["domains"]]

    align = RetortJob(task_id="align", job="align.AlignJob", application_args=told["words"])
    distil = RetortJob.partial(
        task_id="distil",
        job="distil.DistilJob",
        pool=places.POOL_TRAINING,
        map_index_template="{{ task.application_args[-1] }}",
    ).expand(application_args=trainings(told))
    route = RetortJob(task_id="route", job="route.RouteJob", application_args=told["words"])
    evaluate = RetortJob(task_id="evaluate", job="evaluate.EvaluateJob", application_args=told["words"])
    bundle = RetortJob(task_id="bundle", job="bundle.BundleJob", application_args=told["words"], outlets=[places.BUNDLE])

    @task.short_circuit
    def wanted(params=None):
        """Whether the bundle is to be published at all."""
        return params["publish"]

    @task
    def gate_words(plan):
        return plan["words"] + plan["gates"]

    judged = gate_words(told)
    gate = RetortGate(task_id="gate", job="gates.GateJob", application_args=judged)

    @task.branch
    def judge(passed):
        return "publish" if passed else "rejected"

    publish = RetortJob(task_id="publish", job="registry.PublishJob", application_args=told["words"])
    # The same gates once more: those that ask for the champion are held against it, and the alias moves with the judgement.
    promote = RetortGate(task_id="promote", job="registry.PromoteJob", application_args=judged)

    @task.short_circuit(trigger_rule="none_failed_min_one_success")
    def kept(promoted):
        """Goes on where the champion stays the one that it was."""
        return not promoted

    @task(retries=0, trigger_rule="none_failed_min_one_success")
    def rejected(ti=None):
        """Nothing is promoted; somebody hears of it."""
        alerts.send("rejected", f"{ti.run_id}: a gate does not hold, the champion stays", run=ti.run_id)

    align >> distil >> route >> evaluate >> bundle >> wanted() >> gate
    refused = rejected()
    judge(gate.output) >> [publish, refused]
    publish >> promote
    kept(promote.output) >> refused
