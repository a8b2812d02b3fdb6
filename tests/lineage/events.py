"""Reads events back into OpenLineage's own classes, which refuse what they don't know or miss."""

import importlib
import json
import pkgutil
from pathlib import Path

import openlineage.client.generated as generated
from openlineage.client.event_v2 import InputDataset, Job, JobEvent, OutputDataset, Run, RunEvent, RunState

FACETS = {name: kind for module in pkgutil.iter_modules(generated.__path__) for name, kind in
          vars(importlib.import_module(f"{generated.__name__}.{module.name}")).items() if name.endswith("Facet")}


def told(folder: Path) -> list[dict]:
    """The events of a folder's files, in order."""
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]


def require_valid(event: dict) -> None:
    """Raises where an event is none of OpenLineage."""
    job = Job(event["job"]["namespace"], event["job"]["name"], _facets(event["job"]))
    inputs = [InputDataset(one["namespace"], one["name"], facets=_facets(one),
                           inputFacets=_facets(one, "inputFacets")) for one in event["inputs"]]
    outputs = [OutputDataset(one["namespace"], one["name"], facets=_facets(one),
                             outputFacets=_facets(one, "outputFacets")) for one in event["outputs"]]
    of_all = {"eventTime": event["eventTime"], "producer": event["producer"], "job": job, "inputs": inputs,
              "outputs": outputs}
    if "run" in event:
        made = RunEvent(eventType=RunState[event["eventType"]],
                        run=Run(event["run"]["runId"], _facets(event["run"])), **of_all)
    else:
        made = JobEvent(**of_all)
    assert made.schemaURL == event["schemaURL"]


def _facets(part: dict, key: str = "facets") -> dict:
    made = {}
    for name, facet in part.get(key, {}).items():
        kind = FACETS[facet["_schemaURL"].rpartition("/")[2]]
        made[name] = kind(**{field: value for field, value in facet.items() if not field.startswith("_")},
                          producer=facet["_producer"])
    return made
