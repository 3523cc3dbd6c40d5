"""What the DAGs are, without running them."""

import itertools
import json
import subprocess
import sys

import pytest
from conftest import DAGS, load


def test_import_gives_no_error_and_no_warning():
    code = f"""
import sys
sys.path.insert(0, {str(DAGS)!r})
import warnings
import airflow
from airflow.providers.apache.spark.operators import spark_submit
from airflow.dag_processing.dagbag import DagBag
with warnings.catch_warnings():
    warnings.simplefilter("error")
    # Airflow's own, of whatever stands in .airflowignore.
    warnings.filterwarnings("ignore", "GitWildMatchPattern", DeprecationWarning)
    bag = DagBag({str(DAGS)!r}, bundle_path={str(DAGS)!r})
assert not bag.import_errors, bag.import_errors
assert not bag.captured_warnings, bag.captured_warnings
print(*sorted(bag.dags))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "retort_distil retort_teach"


def below(dag_id):
    return {task_id: sorted(task.downstream_task_ids) for task_id, task in load(dag_id).task_dict.items()}


def test_teaching_prepares_first():
    assert below("retort_teach") == {"settings": ["prepare", "teach"], "prepare": ["teach"], "teach": []}


def test_distilling_goes_from_byte_targets_to_a_judgement():
    order = below("retort_distil")
    way = ["align", "distil", "route", "evaluate", "bundle", "wanted", "gate", "judge"]
    for first, second in itertools.pairwise(way):
        assert second in order[first]
    assert order["judge"] == ["publish", "rejected"]
    assert order["publish"] == ["promote"]
    assert order["promote"] == ["kept"]
    assert order["kept"] == ["rejected"]
    assert order["rejected"] == []


def test_two_runs_do_not_publish_and_promote_across_each_other():
    assert load("retort_distil").max_active_runs == 1


def test_new_logits_call_the_distillation():
    outlets = load("retort_teach").get_task("teach").outlets
    assert [asset.name for asset in outlets] == ["retort_logits"]
    called = load("retort_distil").timetable.asset_condition
    assert [asset.uri for asset in called.objects] == [asset.uri for asset in outlets]


def test_every_job_has_a_pool_of_ours_retries_and_somebody_who_hears():
    pools = json.loads((DAGS / "pools.json").read_text())
    for dag_id in ("retort_teach", "retort_distil"):
        dag = load(dag_id)
        assert dag.deadline
        for task in dag.tasks:
            assert task.retries == 3
            assert task.retry_exponential_backoff == 2
            assert task.on_failure_callback
        jobs = [task for task in dag.tasks if task.task_type in ("RetortJob", "RetortGate")]
        assert jobs
        assert {task.pool for task in jobs} <= set(pools)


def test_the_ui_says_what_every_task_and_parameter_is():
    for dag_id in ("retort_teach", "retort_distil"):
        dag = load(dag_id)
        assert dag.doc_md
        assert [task.task_id for task in dag.tasks if not task.doc_md] == []
        for name in dag.params:
            param = dag.params.get_param(name)
            assert param.schema["title"]
            assert param.description


def test_the_form_can_be_sent_as_it_comes_up():
    # The form takes an empty field of a string for a missing one unless the parameter may be null.
    for dag_id in ("retort_teach", "retort_distil"):
        params = load(dag_id).params
        for name in params:
            param = params.get_param(name)
            param.resolve()
            assert param.value or "null" in param.schema["type"], name


@pytest.mark.parametrize(
    ("name", "value"),
    [("domains", []), ("domains", ["Maths!"]), ("seed", "seven"), ("settings", ["distil.alpha"]), ("workspace", "")],
)
def test_a_form_that_cannot_be_is_refused(name, value):
    from airflow.sdk.exceptions import ParamValidationError

    param = load("retort_distil").params.get_param(name)
    with pytest.raises(ParamValidationError):
        param.resolve(value)
