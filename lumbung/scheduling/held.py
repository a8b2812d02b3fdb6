"""The tasks by which a person decides, in Airflow, about loads that are held."""

import logging

from airflow.providers.standard.operators.hitl import ApprovalOperator, HITLOperator
from airflow.sdk import Asset, Metadata, Param, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

from lumbung import returning
from lumbung.contracts import contracts
from lumbung.intake import returns
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.scheduling.hiding import hide_names, names_hidden, without_names
from lumbung.scheduling.tasks import loads

log = logging.getLogger(__name__)

# HITL answers are read by the operator when a person gives them, so its texts are templates over what `find_held` gave.
HELD = "{{ ti.xcom_pull(task_ids='find_held')[ti.map_index]['%s'] }}"


def held() -> Asset:
    """Loads that wait for a person; an event names those that have just been held."""
    return Asset("lumbung-held", uri="lumbung://loads/held")


@task(trigger_rule="all_done", outlets=[held()])
def announce_held(summaries):
    """Ask a person about the loads that were held, also when a neighbour's batch failed."""
    load_ids = [load["load_id"] for summary in summaries or [] if summary
                for load in summary["loads"] if load["status"] == "held"]
    if not load_ids:
        raise AirflowSkipException("No load is held.")
    yield Metadata(held(), {"load_ids": load_ids})


@task
def find_held() -> list[dict]:
    """The loads of the events that are still held: load_id, subject, body."""
    events = get_current_context()["triggering_asset_events"]
    named = {load_id for found in events.values() for event in found for load_id in event.extra.get("load_ids", [])}
    waiting = [load for load_id, load in ledger.loads(Home.from_env()).items()
               if load.status == "held" and (load_id in named or not named)]
    hide_names(load.file_name for load in waiting)
    return [_question(load) for load in waiting]


@task
def decide(load: dict, answer: dict) -> None:
    """Release or reject a load as a person answered; skips where nothing new may enter the warehouse."""
    home, who = Home.from_env(), answer["responded_by_user"] or {}
    by, given = f"{who.get('name', '')} (Airflow)".strip(), answer["params_input"] or {}
    if returns.find(home, load["load_id"]).status != "held":
        raise AirflowSkipException("Somebody has decided about this load meanwhile.")
    if answer["chosen_options"] == [ApprovalOperator.REJECT]:
        returns.refuse(home, load["load_id"], given.get("reason") or "", by)
        raise AirflowSkipException("The load is rejected.")
    with names_hidden([load["subject"].partition(": ")[2]]):
        row = returning.release(home, load["load_id"], as_of=given.get("as_of") or None,
                                reason=given.get("reason") or "", by=by)
    log.info("%s", without_names(row))
    if row["status"] != "loaded":
        raise AirflowSkipException(f"The load is {row['status']}: {row['reason']}")


@task_group
def ask(load: dict) -> None:
    """One held load: the question, and what follows from the answer."""
    answer = HITLOperator(
        task_id="question", subject=HELD % "subject", body=HELD % "body", retries=0,
        options=[ApprovalOperator.APPROVE, ApprovalOperator.REJECT],
        params={"as_of": Param(None, type=["null", "string"], format="date", title="Per tanggal (as_of)",
                               description="Only for an edition that does not say which date it describes."),
                "reason": Param(None, type=["null", "string"], title="Alasan")})
    dags = sorted({contract.dag for contract in contracts().values()})
    decide.override(outlets=[loads(dag) for dag in dags])(load, answer.output)


def _question(load: ledger.Load) -> dict:
    body = (f"**{load.reason}**\n\n| | |\n|---|---|\n| feed | {load.feed} |\n| agency | {load.agency} |\n"
            f"| file | `{load.file_name}` |\n| load | `{load.load_id}` |\n| rows read | {load.rows_read} |\n"
            f"| accepted | {load.rows_accepted} |\n| quarantined | {load.rows_quarantined} |\n\n"
            "Approve: the accepted rows enter the warehouse. Reject: the file may be sent again.")
    return {"load_id": load.load_id, "subject": f"{load.feed} of {load.agency}: {load.file_name}", "body": body}
