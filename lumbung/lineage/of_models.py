"""dbt's models: a job each, by what dbt's manifest says it reads, with the columns that the build database holds."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from lumbung.lineage.events import job_event, of_step, run_event
from lumbung.lineage.facets import input_of, output_of, schema, version
from lumbung.lineage.names import namespace, table
from lumbung.lineage.runs import Named, Step, run_id_of

TABLES = ("model", "seed")


def built(step: Step, manifest: Path, nodes: Iterable[dict], shapes: Callable[[], Mapping],
          left: Collection[str] = ()) -> Iterator:
    """A start and an end of each node that dbt ran in a step (`transform.dbt`'s `on_node`), as children of the step.

    `shapes` gives the tables by name. Nodes of the schemas `left` that did not run, because nothing of them changed,
    are told as jobs without a run: a run's events then lead from its pages to its loads without those of days before.
    """
    there = shapes()
    known, of_run = json.loads(manifest.read_text(encoding="utf-8")), of_step(step)
    found = {node["unique_id"]: node for node in nodes if node["unique_id"] in known["nodes"]}
    # Before the models that read them: whoever follows the events back asks what there was by then.
    began = min((ran["started_at"] for ran in found.values() if ran["started_at"]), default=datetime.now(UTC))
    for unique_id, node in known["nodes"].items():
        if node["resource_type"] in TABLES and node["schema"] in left and unique_id not in found:
            yield job_event(job_of(node), began, kind=_kind(node), code=_code(node), about=of_run["about"],
                            inputs=_inputs(known, node), outputs=[_output(node, there, "")])
    for unique_id, ran in found.items():
        node = known["nodes"][unique_id]
        if node["resource_type"] not in TABLES:
            continue
        # A whole build comes to some models in two steps.
        named = Named(namespace(), job_of(node), run_id_of(job_of(node), f"{step.key}/{step.name}"))
        of_job = {**of_run, "kind": _kind(node), "code": _code(node)}
        if ran["started_at"]:
            # The rest is told at its end: there are some hundred of these a run.
            yield run_event(named, "START", ran["started_at"], parent=of_run["parent"], root=of_run["root"],
                            kind=_kind(node))
        if ran["is_built"]:
            yield run_event(named, "COMPLETE", ran["completed_at"] or datetime.now(UTC), **of_job,
                            inputs=_inputs(known, node), outputs=[_output(node, there, step.key)])
        elif ran["started_at"]:
            yield run_event(named, "FAIL", ran["completed_at"] or datetime.now(UTC), **of_job,
                            inputs=_inputs(known, node), error="dbt: the log of the run says more.")


def job_of(node: Mapping) -> str:
    """The job that builds a node of dbt's manifest: `dbt.marts.mart_city_ranking`."""
    return f"dbt.{_table(node)}"


def _table(node: Mapping) -> str:
    return table(node["schema"], node.get("alias") or node.get("identifier") or node["name"])


def _inputs(known: Mapping, node: Mapping) -> list:
    read = {unique_id: known["nodes"].get(unique_id) or known["sources"].get(unique_id)
            for unique_id in node["depends_on"].get("nodes", [])}
    return [input_of(name) for name in sorted({_table(one) for one in read.values() if one})]


def _output(node: Mapping, there: Mapping, run_id: str):
    name = _table(node)
    shape = there.get(name)
    return output_of(name, rows=shape.rows if shape else None, schema=schema(shape.columns if shape else ()),
                     version=version(run_id))


def _kind(node: Mapping) -> str:
    return node["resource_type"].upper()


def _code(node: Mapping) -> str:
    path = node["original_file_path"]
    return path.removeprefix("../") if path.startswith("../") else f"dbt_project/{path}"
