"""The tasks the DAGs are wired from. Each calls one step of `lumbung.flow`."""

import logging
import os
import re
from datetime import UTC, datetime, timedelta

from airflow.sdk import (
    Asset,
    AssetWatcher,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
    get_current_context,
    task,
)
from airflow.sdk.exceptions import AirflowSkipException

from lumbung import flow, lineage, returning
from lumbung.lake.home import Home
from lumbung.metrics import step_took, timed_step
from lumbung.scheduling import WRITER_POOL
from lumbung.scheduling.hiding import hide_names, names_hidden, without_names
from lumbung.scheduling.inbox_trigger import InboxTrigger

log = logging.getLogger(__name__)

# How long a run waits for another one to end before it begins.
LEASE_SECONDS = 1800


def tell_parent(context) -> None:
    """Before a task: have lineage know the run of the task as Airflow's OpenLineage provider names it."""
    try:
        from airflow.providers.openlineage.plugins import macros

        os.environ[lineage.PARENT] = macros.lineage_parent_id(context["ti"])
        os.environ[lineage.ROOT] = macros.lineage_root_parent_id(context["ti"])
    except Exception:
        log.exception("Lineage will not know this task.")


# A fault in the data is the same at the second try; a full disk or a locked file may not be.
DEFAULT_ARGS = {
    "owner": "lumbung",
    "pre_execute": tell_parent,
    "retries": 2,
    "retry_delay": timedelta(seconds=20),
    "show_return_value_in_logs": False,      # it may hold names of files
    "retry_policy": ExceptionRetryPolicy(rules=[
        RetryRule(exception="lumbung.errors.LeaseHeld", action=RetryAction.RETRY),
        RetryRule(exception="lumbung.errors.LumbungError", action=RetryAction.FAIL),
    ]),
}


def inbox(dag: str) -> Asset:
    """The inbox folders of one intake DAG; an event when whole files lie there."""
    return Asset(f"lumbung-inbox-{dag}", uri=f"lumbung://inbox/{dag}",
                 watchers=[AssetWatcher(name=f"inbox_{dag}", trigger=InboxTrigger(dag))])


def loads(dag: str) -> Asset:
    """The accepted loads of one intake DAG; an event when there are new ones."""
    return Asset(f"lumbung-loads-{dag}", uri=f"lumbung://loads/{dag}")


@task
def find_batches() -> list[dict]:
    """Whole files of this DAG's feeds, in batches."""
    batches = flow.plan_intake(Home.from_env(), get_current_context()["dag"].dag_id)
    hide_names(path for batch in batches for path in batch["files"])
    return batches


@task(map_index_template="{{ batch_name }}")
def take_in(batch: dict) -> dict:
    """Land, type and judge one batch."""
    get_current_context()["batch_name"] = f"{batch['feed']} ({len(batch['files']) + len(batch['load_ids'])})"
    with names_hidden(batch["files"]):
        summary = flow.take_in(Home.from_env(), batch, on_step=step_took(Home.from_env()))
    summary["loads"] = [without_names(load) for load in summary["loads"]]
    log.info("%s", summary)
    return summary


@task(trigger_rule="all_done")
def announce(summaries) -> None:
    """Tell the warehouse that there are new loads, also when a neighbour's batch failed."""
    # The ledger knows also of loads that were accepted before their task failed at a neighbour.
    context = get_current_context()
    accepted = flow.accepted_since(Home.from_env(), context["dag"].dag_id, context["dag_run"].start_date)
    if not accepted:
        raise AirflowSkipException("No new load was accepted.")
    log.info("%d loads accepted", accepted)


@task
def all_taken_in(summaries) -> None:
    """Fails the run when a batch failed, after the others have gone on."""
    log.info("%d batches taken in", len(list(summaries or [])))


def restated() -> Asset:
    """Months whose documents were read again; an event when a release is to be made of them."""
    return Asset("lumbung-restated", uri="lumbung://loads/restated")


@task(outlets=[restated()])
def read_again() -> None:
    """Restate the month of this run: its documents are read again, the warehouse builds it anew.

    Not in the writers' pool: it waits for the lease, and a run that has the lease needs the pool to go on.
    """
    context = get_current_context()
    run = context["dag_run"]
    if run.run_type == "scheduled":
        raise AirflowSkipException("Nobody asked for this month: `airflow backfill create --dag-id restate …` does.")
    month = f"{context['data_interval_start']:%Y-%m}"
    done = returning.ask_restatement(
        Home.from_env(), month, month, context["params"]["reason"] or f"Airflow, {run.run_id}",
        by=f"{run.triggering_user_name or ''} (Airflow)".strip(), run_id=run_id(), wait_seconds=LEASE_SECONDS)
    log.info("%s", done)


def run_id() -> str:
    """The name of the warehouse run that this Airflow run is, fit for a folder."""
    return "airflow-" + re.sub(r"[^A-Za-z0-9._-]+", "-", get_current_context()["dag_run"].run_id)


@task(pool=WRITER_POOL)
@timed_step
def pin() -> int:
    """Write down the loads this run takes; skips the rest when the current release is made of just these."""
    started = get_current_context()["dag_run"].start_date or datetime.now(UTC)
    pinned = flow.pin(Home.from_env(), run_id(), started, wait_seconds=LEASE_SECONDS)
    if flow.is_released(Home.from_env(), run_id()):
        raise AirflowSkipException(f"The current release is made of these {pinned} loads.")
    return pinned


@task(pool=WRITER_POOL)
@timed_step
def resolve() -> None:
    """Find which parties are the same business."""
    found = flow.resolve(Home.from_env(), run_id())
    log.info("%d parties are %d businesses; %d pairs wait for a person (lumbung identity review)",
             found["parties"], found["businesses"], found["open_pairs"])


@task(pool=WRITER_POOL)
def dbt_staging() -> None:
    """Bring new loads into the build database; build staging."""
    flow.build_staging(Home.from_env(), run_id(), on_step=step_took(Home.from_env()))


@task(pool=WRITER_POOL)
@timed_step
def dbt_marts() -> None:
    """Build the star and the marts."""
    flow.build_marts(Home.from_env(), run_id())


@task(pool=WRITER_POOL)
@timed_step
def gate(step: str) -> None:
    """Check what was built; a critical failure stops the run here."""
    result = flow.gate(Home.from_env(), run_id(), step)
    log.info("%d checks passed at %s", len(result["checks"]), step)


@task(pool=WRITER_POOL)
@timed_step
def dbt_quality() -> None:
    """Build the marts of quality, of what the gates found and what was due."""
    flow.build_quality(Home.from_env(), run_id())


@task(pool=WRITER_POOL)
@timed_step
def publish() -> str | None:
    """Make a release and switch to it, unless nothing changed."""
    release_id = flow.publish(Home.from_env(), run_id())
    log.info("Release %s", release_id or "unchanged")
    if release_id:
        for warning in flow.disclosure_warnings(Home.from_env(), release_id):
            log.warning("%s", warning)
    return release_id


@task(trigger_rule="all_done")
def give_back_lease() -> None:
    """However the run ended, the next writer need not wait."""
    flow.end(Home.from_env(), run_id())
