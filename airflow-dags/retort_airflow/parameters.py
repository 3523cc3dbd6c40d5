"""The parameters of a run, as a form in the UI and as words of a job's command line."""

import re
from datetime import datetime
from typing import Any

from airflow.sdk import Param

from retort_airflow import places

DOMAINS = ["reasoning", "coding", "language", "tool-use", "math", "context"]
# What decides which logits are made: it goes with the logits to whoever distils them.
INHERITED = ["workspace", "config", "domains", "seed", "data", "settings"]
_PLACEHOLDERS = {"start": "%Y-%m-%dT%H-%M-%S", "start_date": "%Y-%m-%d", "end_date": "%Y-%m-%d"}


def of_teaching() -> dict[str, Param]:
    """What a new dataset of logits is made from."""
    return {
        "workspace": Param(
            "workspace",
            type="string",
            minLength=1,
            title="Workspace",
            description="A directory or any Hadoop filesystem URI. A relative one is below the worker's directory.",
        ),
        # The form takes an empty field of a string alone for one that is missing, and lets nobody trigger the run.
        "config": Param(
            None,
            type=["null", "string"],
            title="Settings file",
            description="A HOCON file that the driver can read. Empty: the defaults, which are the quickstart's.",
        ),
        "domains": Param(
            DOMAINS,
            type="array",
            minItems=1,
            uniqueItems=True,
            items={"type": "string", "pattern": "^[a-z0-9-]+$"},
            title="Domains",
            description="One a line. Each gets an expert, trained in a task of its own.",
        ),
        "seed": Param(
            1729,
            type="integer",
            title="Seed",
            description="Everything random is drawn from it: the same seed and inputs give the same experts.",
        ),
        "data": Param(
            None,
            type=["null", "string"],
            title="Data of the interval",
            description="The setting retort.data, which a settings file refers to. {start_date}, {end_date} and {start} in it"
            " stand for the run's data interval, such as s3a://prompts/week={start_date}. Empty: no such setting.",
        ),
        "settings": Param(
            None,
            type=["null", "array"],
            items={"type": "string", "pattern": "^[^=]+=.*$"},
            title="More settings",
            description="KEY=VALUE, one a line, such as distil.alpha=0.5. They win over the settings file.",
        ),
    }


def of_distilling() -> dict[str, Param]:
    """The same, for a run that was not called by a dataset, and what becomes of the experts."""
    return of_teaching() | {
        "gates": Param(
            places.GATES,
            type="string",
            minLength=1,
            title="Gates file",
            description="What a bundle must hold to be published (docs/gates.md). A file that the driver can read.",
        ),
        "publish": Param(
            True,
            type="boolean",
            title="Publish",
            description="Register a bundle that passes its gates, and make it champion if it holds against the present one."
            " Off: the run ends with the bundle.",
        ),
    }


def words(params: dict[str, Any], start: datetime, end: datetime) -> list[str]:
    """The words that every job of a run is given."""
    settings = [f"domains=[{', '.join(params['domains'])}]", f"seed={params['seed']}"]
    if params["data"]:
        settings.append("data=" + partition(params["data"], start, end))
    settings += params["settings"] or []
    line = ["--workspace", params["workspace"]]
    if params["config"]:
        line += ["--config", params["config"]]
    for setting in settings:
        line += ["--set", setting]
    return line


def partition(template: str, start: datetime, end: datetime) -> str:
    """The place of an interval's data; anything else in braces is refused, since it would name a place that is not."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in _PLACEHOLDERS:
            expected = ", ".join("{" + known + "}" for known in _PLACEHOLDERS)
            raise ValueError(f"data: expected {expected}, found {{{name}}}")
        return (end if name == "end_date" else start).strftime(_PLACEHOLDERS[name])

    return re.sub(r"\{([^}]*)\}", fill, template)
