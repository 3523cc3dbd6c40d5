"""Trains an expert a domain on a dataset of teacher logits, then router, report and bundle; what passes its gates is published.

The asset `retort_logits` calls it, with the settings by which the dataset was made; *Trigger* runs it on the form's. Stages
whose work is done do nothing, so that a run may be started or cleared at any time. `rejected` runs where a gate does not hold:
that is an outcome and no failure. Exit codes, retries and alerts: docs/airflow.md.
"""

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
    # Two runs would publish and promote across each other.
    max_active_runs=1,
    deadline=dags.deadline("retort_distil"),
    # A dataset that comes while the DAG is paused calls nobody.
    is_paused_upon_creation=False,
    tags=["retort"],
    doc_md=__doc__,
):

    @task(multiple_outputs=True, inlets=[places.LOGITS])
    def settings(params=None, dag_run=None, triggering_asset_events=None, inlet_events=None):
        """What every job of this run is told: by the dataset that called it, else by the form."""
        calling = sorted((triggering_asset_events or {}).get(places.LOGITS, []), key=lambda event: event.timestamp)
        mine = dict(params)
        missed = []
        if calling:
            mine |= calling[-1].extra.get("parameters", {})
            # Airflow forgets to call a run for datasets that came between the first and this run's making, as while the run
            # before it was active (apache/airflow#56050). One that gets a run after all finds its work done.
            missed = inlet_events[places.LOGITS].after(calling[-1].timestamp.isoformat())
        others = []
        for event in [*calling, *missed]:
            other = mine | event.extra.get("parameters", {})
            if other not in [mine, *others]:
                others.append(other)
        plan = dags.plan(mine, dag_run.run_after, dag_run.run_after)
        plan["judging"] = [*plan["words"], "--gates", mine["gates"]]
        # The bundle that this run's settings make, and its version: not what another run has made or published since.
        plan["promoting"] = [*plan["judging"], "--made"]
        # Airflow calls one run for all datasets that came since the last: each other one gets a run of its own.
        plan["others"] = others
        return plan

    told = settings()

    @task
    def others(plan):
        """The datasets that came together with this run's: each gets a run of its own."""
        return plan["others"]

    TriggerDagRunOperator.partial(
        task_id="distil_others",
        trigger_dag_id="retort_distil",
        # The same in every attempt, so that one that was killed having triggered does not do it twice.
        trigger_run_id="other_{{ ti.map_index }}_of_{{ run_id }}",
        skip_when_already_exists=True,
        doc_md="A run of this DAG for each other dataset that came together with this run's; mostly none.",
    ).expand(conf=others(told))

    @task
    def trainings(plan):
        """One training a domain, from the corpus of all of them."""
        return [[*plan["words"], "--only", domain] for domain in plan["parameters"]["domains"]]

    align = RetortJob(
        task_id="align", job="align.AlignJob", application_args=told["words"], doc_md="Byte targets from the teacher's logits."
    )
    distil = RetortJob.partial(
        task_id="distil",
        job="distil.DistilJob",
        pool=places.POOL_TRAINING,
        map_index_template="{{ task.application_args[-1] }}",
        doc_md="Trains the expert of one domain; a task that is tried again goes on from the last checkpoint.",
    ).expand(application_args=trainings(told))
    route = RetortJob(
        task_id="route", job="route.RouteJob", application_args=told["words"], doc_md="Trains the router between the experts."
    )
    evaluate = RetortJob(
        task_id="evaluate",
        job="evaluate.EvaluateJob",
        application_args=told["words"],
        doc_md="Measures experts, router and ensemble on the test documents.",
    )
    bundle = RetortJob(
        task_id="bundle",
        job="bundle.BundleJob",
        application_args=told["words"],
        outlets=[places.BUNDLE],
        doc_md="Writes the bundle's next version, or finds it written.",
    )

    @task.short_circuit
    def wanted(params=None):
        """Whether the bundle is to be published at all: the parameter `publish`."""
        return params["publish"]

    gate = RetortGate(
        task_id="gate",
        job="gates.GateJob",
        application_args=told["judging"],
        doc_md="Holds the bundle against the gates file. Green whether they hold or not: `judge` decides.",
    )

    @task.branch
    def judge(passed):
        """On to `publish` if all gates hold, else to `rejected`."""
        return "publish" if passed else "rejected"

    publish = RetortJob(
        task_id="publish",
        job="registry.PublishJob",
        application_args=told["words"],
        doc_md="Registers the bundle that this run made: it is the challenger.",
    )
    promote = RetortGate(
        task_id="promote",
        job="registry.PromoteJob",
        application_args=told["promoting"],
        doc_md="Holds the challenger against the champion by the same gates, and moves the alias if they hold.",
    )

    @task.short_circuit(trigger_rule="none_failed_min_one_success")
    def kept(promoted):
        """Goes on to `rejected` where the champion stays the one that it was."""
        return not promoted

    @task(trigger_rule="none_failed_min_one_success")
    def rejected(ti=None):
        """A gate does not hold, the champion stays; somebody hears of it."""
        alerts.send("rejected", f"{ti.run_id}: a gate does not hold, the champion stays", run=ti.run_id)

    align >> distil >> route >> evaluate >> bundle >> wanted() >> gate
    refused = rejected()
    judge(gate.output) >> [publish, refused]
    publish >> promote
    kept(promote.output) >> refused
