"""Who hears of a task that failed for good, of a rejected bundle, and of a run that takes too long."""

import asyncio
import http.client
import json
import logging
import os
import urllib.request
from typing import Any

LOG = logging.getLogger(__name__)
URL = "RETORT_ALERT_URL"
_TIMEOUT_SECONDS = 10


def send(event: str, text: str, **facts: Any) -> None:
    """Posts {"event", "text", …} as JSON to RETORT_ALERT_URL, and always logs it. An alert never fails what it tells of."""
    LOG.error("%s: %s", event, text)
    url = os.environ.get(URL)
    if not url:
        return
    body = json.dumps({"event": event, "text": text} | facts).encode()
    if not url.startswith(("http://", "https://")):
        LOG.warning("the alert could not be sent: expected %s to begin with http:// or https://", URL)
        return
    try:
        request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"}, method="POST")
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:
            answer.read()
    except (OSError, ValueError, http.client.HTTPException) as e:
        LOG.warning("the alert could not be sent: %s", e)


def failed(context: Any) -> None:
    """A task failed and is not tried again."""
    ti = context["ti"]
    place = f"{ti.dag_id}.{ti.task_id}" + (f"[{ti.map_index}]" if ti.map_index >= 0 else "")
    reason = str(context.get("exception") or "no exception").strip().splitlines()[0]
    send("failed", f"{place} in {ti.run_id}: {reason}", dag=ti.dag_id, task=ti.task_id, run=ti.run_id)


async def late(dag: str, hours: float, context: Any = None) -> None:
    """A run was queued so many hours ago and is not done. Airflow's triggerer calls it, once a run."""
    run = ((context or {}).get("dag_run") or {}).get("dag_run_id", "a run")
    await asyncio.to_thread(send, "late", f"{dag}: {run} is not done after {hours:g} hours", dag=dag, run=run, hours=hours)
