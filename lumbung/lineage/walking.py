"""Follows events back: what a dataset was made of, as the files of the days have it."""

import json
import logging
from bisect import bisect_right
from collections import defaultdict, deque
from dataclasses import dataclass

from lumbung.errors import UsageError
from lumbung.lake.home import Home
from lumbung.lineage.names import namespace

log = logging.getLogger("lumbung.lineage")


@dataclass(frozen=True)
class Made:
    """A dataset at a time: which job made it, of which datasets. `run_id` is "" where the job is told without a run;
    `job` too where no event says who made it. `steps` is how far it is from the dataset that was asked for."""

    dataset: str
    job: str = ""
    run_id: str = ""
    at: str = ""
    made_of: tuple[str, ...] = ()
    steps: int = 0


def upstream(home: Home, name: str) -> list[Made]:
    """All that a dataset was made of, itself first, the nearest first: each as it stood when it was read.

    `name` is a dataset's, or the end of one after a "/" or "." (a page, a mart, a load): of several the newest. Raises
    UsageError where no event made it.
    """
    made = _read(home)
    asked = _found(made, name)
    seen, found, waiting = set(), [], deque([(asked, made[asked][-1][0], 0)])
    while waiting:
        dataset, by, steps = waiting.popleft()
        versions = made.get(dataset, [])
        at = bisect_right(versions, by, key=lambda one: one[0]) - 1
        event = versions[at][1] if at >= 0 else None
        one = Made(dataset, *event, steps=steps) if event else Made(dataset, steps=steps)
        if (dataset, one.at) in seen:
            continue
        seen.add((dataset, one.at))
        found.append(one)
        waiting += [(read, one.at, steps + 1) for read in one.made_of]
    return found


def _found(made: dict, name: str) -> str:
    if name in made:
        return name
    ends = [dataset for dataset in made if dataset.endswith((f"/{name}", f".{name}"))]
    if not ends:
        raise UsageError(f"No event of lineage made {name!r}.",
                         todo="Give a dataset, such as marts.mart_city_ranking, or a page, such as "
                              "peringkat-32-2024.html.")
    # Tables of releases have the names of marts.
    return max(ends, key=lambda dataset: (not dataset.startswith("release/"), made[dataset][-1][0]))


def _read(home: Home) -> dict[str, list[tuple]]:
    """Of each dataset, in order of time: when it was made, and by which job, run, when, of what."""
    made: dict[str, list[tuple]] = defaultdict(list)
    for path in sorted(home.lineage.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                log.warning("%s has a line that is none: a writer died there.", path.name)
                continue
            if event.get("job", {}).get("namespace") != namespace() or event.get("eventType", "COMPLETE") != "COMPLETE":
                continue
            inputs = [one["name"] for one in event.get("inputs", [])]
            for output in event.get("outputs", []):
                stated = output.get("facets", {}).get("lineage")
                of = [one["name"] for one in stated["inputs"]] if stated else inputs
                at = event["eventTime"]
                made[output["name"]].append(
                    (at, (event["job"]["name"], event.get("run", {}).get("runId", ""), at, tuple(sorted(of)))))
    return {dataset: sorted(events) for dataset, events in made.items()}
