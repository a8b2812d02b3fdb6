"""Events as OpenLineage has them, of plain values."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from openlineage.client.event_v2 import Job, JobEvent, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    error_message_run,
    job_type_job,
    nominal_time_run,
    parent_run,
    processing_engine_run,
    source_code_location_job,
)

from lumbung.lineage.facets import PRODUCER
from lumbung.lineage.names import namespace
from lumbung.lineage.runs import Named, Step, about_run, run_id_of


def run_event(named: Named, state: str, at: datetime, *, parent: Named | None, root: Named | None,
              inputs: Sequence = (), outputs: Sequence = (), about: dict | None = None, error: str = "",
              kind: str = "TASK", code: str = "") -> RunEvent:
    """A run that starts, completes or fails (`state`).

    `about` may say its `run_time` (ISO 8601) and `code_version`; `error` is what kind of failure it was; `kind` and
    `code` (a path in the project) are of the job.
    """
    about, facets = about or {}, {}
    if parent:
        facets["parent"] = _parent(parent, root or parent)
    if run_time := about.get("run_time"):
        facets["nominalTime"] = nominal_time_run.NominalTimeRunFacet(run_time, producer=PRODUCER)
    if version := about.get("code_version"):
        facets["processing_engine"] = processing_engine_run.ProcessingEngineRunFacet(
            version, "Lumbung", producer=PRODUCER)
    if error:
        facets["errorMessage"] = error_message_run.ErrorMessageRunFacet(error, "PYTHON", producer=PRODUCER)
    return RunEvent(
        eventType=RunState[state], eventTime=_time(at), producer=PRODUCER, run=Run(named.run_id, facets),
        job=_job(named.namespace, named.job, kind, code, about), inputs=list(inputs), outputs=list(outputs))


def job_event(name: str, at: datetime, *, inputs: Sequence, outputs: Sequence, kind: str = "TASK",
              code: str = "", about: dict | None = None) -> JobEvent:
    """What a job reads and writes, where it did not run."""
    return JobEvent(eventTime=_time(at), producer=PRODUCER, job=_job(namespace(), name, kind, code, about or {}),
                    inputs=list(inputs), outputs=list(outputs))


def within(step: Step, name: str, inputs: Sequence, outputs: Sequence = (), key: str = "") -> Iterator[RunEvent]:
    """The start and the end of a job within a step, told when it is over; `key` names its run, else the step's."""
    named = Named(namespace(), name, run_id_of(name, key or step.key))
    for state in ("START", "COMPLETE"):
        is_over = state == "COMPLETE"
        yield run_event(named, state, datetime.now(UTC), **of_step(step), inputs=inputs if is_over else (),
                        outputs=outputs if is_over else ())


def of_step(step: Step) -> dict:
    """What `run_event` is told of a job within a step: its parents, and what the run wrote down of itself."""
    return {"parent": step.named, "root": step.root or step.named, "about": about_run(step)}


def _job(namespace: str, name: str, kind: str, code: str, about: dict) -> Job:
    facets = {"jobType": job_type_job.JobTypeJobFacet("BATCH", "DBT" if kind == "MODEL" else "LUMBUNG", kind,
                                                      producer=PRODUCER)}
    if code:
        facets["sourceCodeLocation"] = source_code_location_job.SourceCodeLocationJobFacet(
            "git", f"file:{code}", path=code, version=about.get("code_version"), producer=PRODUCER)
    return Job(namespace, name, facets)


def _parent(parent: Named, root: Named) -> parent_run.ParentRunFacet:
    return parent_run.ParentRunFacet(
        parent_run.Run(parent.run_id), parent_run.Job(parent.namespace, parent.job),
        parent_run.Root(parent_run.RootRun(root.run_id), parent_run.RootJob(root.namespace, root.job)),
        producer=PRODUCER)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
