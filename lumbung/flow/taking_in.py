"""Taking in: files of the inbox become loads, each with its verdict. No load waits for another."""

from datetime import UTC, datetime

from lumbung import lineage
from lumbung.contracts import contract_of
from lumbung.flow.steps import OnStep, timed
from lumbung.lake import ledger
from lumbung.lake.home import Home


def plan_intake(home: Home, dag: str) -> list[dict]:
    """The batches of whole files that wait for one intake DAG, as plain values."""
    from lumbung import intake
    from lumbung.contracts import feeds_of_dag

    home.make()
    return [batch.as_dict() for batch in intake.plan(home, feeds_of_dag(dag))]


def take_in(home: Home, batch, *, on_step: OnStep | None = None) -> dict:
    """Land, type and judge one batch of files. Takes no lease: no load waits for another.

    `batch` is a Batch or what `plan_intake` gave. Returns the summary of `intake.judge`. Raises LumbungError when a
    load needs a person first, after the others have their verdict.
    """
    from lumbung import alerts, intake

    batch = intake.Batch.from_dict(batch) if isinstance(batch, dict) else batch
    with lineage.step(home, f"take_in.{batch.feed}", batch.batch_id) as step:
        with timed("land", on_step):
            landed = intake.land(home, batch)
        if not landed:
            alerts.taken_in(home)        # what the attempt before this one held, and died before it told
            return intake.nothing_new(batch)
        with timed("type", on_step):
            parts, broken = intake.type_apart(home, batch.feed, batch.batch_id, landed)
        with timed("gate_raw", on_step):
            judged = [intake.judge(home, typed, _raw_verdicts(home, typed)) for typed in parts]
        alerts.taken_in(home)
        step.add("of_loads.taken_in", landed, [load for part in judged for load in part["loads"]])
        if broken:
            raise broken[0]
        return intake.summed(judged)


def accepted_since(home: Home, dag: str, moment: datetime) -> int:
    """How many loads of an intake DAG were accepted since then, whatever became of the task that took them in."""
    from lumbung.contracts import feeds_of_dag

    feeds, since = set(feeds_of_dag(dag)), moment.astimezone(UTC).isoformat(timespec="microseconds")
    return len({event.load_id for event in ledger.events(home)
                if event.event == "accepted" and event.feed in feeds and event.at >= since})


def _raw_verdicts(home: Home, typed) -> dict[str, str]:
    if not typed.has_rows:
        return {}
    from lumbung import alerts, gates

    result = gates.check_raw(
        home, typed.feed, typed.batch_id, typed.profile_path, typed.raw_path, contract_of(typed.feed))
    gates.history.record(home, typed.batch_id, datetime.now(UTC), result)
    alerts.judged(home, typed.batch_id, result)
    lineage.within("of_gates.gated_raw", typed.batch_id, result.checks, [load.landed.load_id for load in typed.loads])
    verdicts: dict[str, str] = {}
    for check in result.checks:
        if check.severity == "critical" and not check.success:
            for load_id in check.load_ids:
                verdicts.setdefault(load_id, f"{check.reason} ({check.expectation})")
    return verdicts
