"""What the DAGs do, with jobs that only pretend to run."""

from datetime import UTC, datetime

import pytest
from airflow.sdk.exceptions import AirflowFailException
from conftest import load, run

GATES_FAILED = 'retort: 1 of 2 gates failed: "acc >= 0.9" (gates.conf:1; acc: 0.5)'
STAGES = ["AlignJob", "DistilJob", "DistilJob", "RouteJob", "EvaluateJob", "BundleJob"]


def test_each_domain_is_trained_by_a_submission_of_its_own_from_the_same_corpus(submitted):
    outcome, tasks = run("retort_distil", domains=["math", "coding"], workspace="s3a://b/my workspace", seed=7, publish=False)
    assert outcome.state == "success"
    assert submitted.jobs() == STAGES
    words = {}
    for line in submitted.lines():
        arguments = line["arguments"]
        words.setdefault(line["job"], []).append(arguments[arguments.index("--workspace") :])
    common = ["--workspace", "s3a://b/my workspace", "--set", "domains=[math, coding]", "--set", "seed=7"]
    assert words["AlignJob"] == words["BundleJob"] == [common]
    assert sorted(words["DistilJob"]) == sorted([[*common, "--only", "math"], [*common, "--only", "coding"]])
    assert tasks["gate", -1].state == "skipped"


def test_a_bundle_that_passes_is_published_and_then_promoted(submitted):
    outcome, tasks = run("retort_distil", domains=["math", "coding"], gates="gates.conf")
    assert outcome.state == "success"
    assert tasks["rejected", -1].state == "skipped"
    assert submitted.jobs() == [*STAGES, "GateJob", "PublishJob", "PromoteJob"]
    ends = {line["job"]: line["arguments"][-2:] for line in submitted.lines()}
    assert ends["GateJob"] == ["--gates", "gates.conf"]
    # Its own bundle, whatever another run has published since.
    assert ends["PromoteJob"] == ["gates.conf", "--made"]


@pytest.mark.parametrize("job", ["GateJob", "PromoteJob"])
def test_exit_code_1_of_spark_submit_itself_is_no_failed_gate_but_a_fault(submitted, job):
    submitted.ends(job, 1, says="Error: Failed to load class io.retort.jobs.gates.GateJob.")
    outcome, tasks = run("retort_distil", domains=["math", "coding"])
    assert outcome.state == "success"
    assert submitted.jobs().count(job) == 2
    assert tasks["rejected", -1].state == "skipped"


def test_a_failed_gate_neither_publishes_nor_promotes_and_is_told(submitted, monkeypatch):
    from retort_airflow import alerts

    told = []
    monkeypatch.setattr(alerts, "send", lambda event, text, **facts: told.append(event))
    submitted.ends("GateJob", 1, says=GATES_FAILED)
    _, tasks = run("retort_distil", domains=["math", "coding"])
    assert submitted.jobs() == [*STAGES, "GateJob"]
    assert tasks["gate", -1].state == "success"
    assert tasks["publish", -1].state == tasks["promote", -1].state == "skipped"
    assert told == ["rejected"]


def test_a_challenger_that_does_not_beat_the_champion_is_no_fault_and_is_told(submitted, monkeypatch):
    from retort_airflow import alerts

    told = []
    monkeypatch.setattr(alerts, "send", lambda event, text, **facts: told.append(event))
    submitted.ends("PromoteJob", 1, says=GATES_FAILED)
    outcome, tasks = run("retort_distil", domains=["math", "coding"])
    assert outcome.state == "success"
    assert submitted.jobs() == [*STAGES, "GateJob", "PublishJob", "PromoteJob"]
    assert tasks["promote", -1].try_number == 1
    assert told == ["rejected"]


def test_bad_input_is_not_tried_again_and_somebody_hears(submitted, monkeypatch):
    from retort_airflow import alerts

    told = []
    monkeypatch.setattr(alerts, "send", lambda event, text, **facts: told.append((event, facts.get("task"))))
    submitted.ends("PrepareJob", 2)
    outcome, tasks = run("retort_teach")
    assert outcome.state == "failed"
    assert submitted.jobs() == ["PrepareJob"]
    assert tasks["prepare", -1].state == "failed"
    assert told == [("failed", "prepare")]


@pytest.mark.parametrize("code", [3, 130, 137])
def test_a_fault_an_interruption_and_a_kill_are_tried_again(submitted, code):
    submitted.ends("TeachJob", code)
    outcome, tasks = run("retort_teach")
    assert outcome.state == "success"
    assert submitted.jobs() == ["PrepareJob", "TeachJob", "TeachJob"]
    assert tasks["teach", -1].try_number == 2


def test_a_connection_that_is_not_there_fails_at_once_and_does_not_stand_for_yarn(submitted, monkeypatch):
    from retort_airflow import places

    monkeypatch.setattr(places, "CONNECTION", "nowhere")
    outcome, tasks = run("retort_teach")
    assert outcome.state == "failed"
    assert submitted.jobs() == []
    assert tasks["prepare", -1].try_number == 1


class Event:
    def __init__(self, minute=0, **parameters):
        self.extra = {"parameters": parameters}
        self.timestamp = datetime(2026, 3, 2, 4, minute, tzinfo=UTC)


class Events(list):
    def after(self, bound):
        return [event for event in self if event.timestamp.isoformat() >= bound]


class Run:
    run_after = datetime(2026, 3, 2, tzinfo=UTC)
    data_interval_start = datetime(2026, 2, 23, tzinfo=UTC)
    data_interval_end = run_after


def plan(dag_id, events=None, later=(), **changed):
    dag = load(dag_id)
    params = {name: dag.params[name] for name in dag.params} | changed
    call = {"params": params, "dag_run": Run()}
    if dag_id == "retort_distil":
        from retort_airflow import places

        call["triggering_asset_events"] = {places.LOGITS: events or []}
        call["inlet_events"] = {places.LOGITS: Events([*(events or []), *later])}
    return dag.get_task("settings").python_callable(**call)


def test_the_interval_says_which_partition_is_taught():
    told = plan("retort_teach", data="s3a://prompts/{start_date}/{end_date}", domains=["math"])
    assert "data=s3a://prompts/2026-02-23/2026-03-02" in told["words"]
    assert told["parameters"]["data"] == "s3a://prompts/2026-02-23/2026-03-02"


def test_a_placeholder_that_nobody_knows_is_refused():
    with pytest.raises(AirflowFailException, match=r"expected \{start\}, \{start_date\}, \{end_date\}, found \{ds\}"):
        plan("retort_teach", data="s3a://prompts/{ds}")


def test_a_dataset_says_by_which_settings_it_is_distilled():
    made = {"workspace": "theirs", "config": "", "domains": ["math"], "seed": 9, "data": "d", "settings": ["a=b"]}
    told = plan("retort_distil", [Event(**made)], workspace="mine")
    assert " ".join(told["words"]) == "--workspace theirs --set domains=[math] --set seed=9 --set data=d --set a=b"
    assert told["others"] == []


def test_of_datasets_that_came_together_each_is_distilled():
    first, second = ({"workspace": "w", "seed": seed} for seed in (1, 2))
    told = plan("retort_distil", [Event(**first), Event(**second), Event(**second)])
    assert "seed=2" in told["words"]
    assert [other["seed"] for other in told["others"]] == [1]


def test_a_dataset_for_which_airflow_forgets_to_call_a_run_gets_one_from_the_run_before_it():
    known, first, later = (Event(minute, workspace="w", seed=minute) for minute in (1, 2, 3))
    told = plan("retort_distil", [first], later=[known, later])
    assert "seed=2" in told["words"]
    assert [other["seed"] for other in told["others"]] == [3]


def test_a_run_by_hand_looks_for_no_datasets():
    assert plan("retort_distil", later=[Event(seed=1)])["others"] == []
