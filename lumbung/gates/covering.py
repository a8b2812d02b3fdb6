"""What acceptances (`lake.accepted`) change in a gate: which rows they cover, and what is looked at anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from lumbung.gates.suites.vocabulary import NEW_LOADS

NAMED = 3


def by_check(acts: Iterable[dict], table: str) -> dict[str, dict[str, dict]]:
    """Of acceptances those of one table: check -> load id -> act."""
    found: dict[str, dict[str, dict]] = {}
    for act in acts:
        if act["table"] == table:
            found.setdefault(act["check"], {})[act["load_id"]] = act
    return found


def covered(acts: Mapping[str, dict], failed: Mapping[str, int]) -> list[dict]:
    """The acts that cover their load: no more rows of it fail than the person saw. `failed` is load id -> rows."""
    return [act for load_id, act in sorted(acts.items()) if 0 < failed.get(load_id, 0) <= act["rows"]]


def as_sentence(acts: list[dict]) -> str:
    """Who accepted what, when and why."""
    named = [f"load {act['load_id']} by {act['by']} on {act['at'][:10]}: {act['reason'].rstrip('.')}"
             for act in acts[:NAMED]]
    more = f"; and {len(acts) - NAMED} more loads" if len(acts) > NAMED else ""
    return f"Accepted: {'; '.join(named)}{more}."


def parts(suite: dict, again: Collection[tuple[str, str, str]]) -> Iterator[tuple[dict, bool]]:
    """A suite, and whether it looks at the whole table: checks (table, check, load id) that are to be made `again` do.

    The others see what changed since the last release, in which rows lie that were accepted and no longer are. A load
    that was published because it was accepted is judged as if no release held it.
    """
    loads: dict[str, list[str]] = {}
    for table, check, load_id in sorted(again):
        if table == suite["name"]:
            loads.setdefault(check, []).append(load_id)
    rest = [one for one in suite["expectations"] if one["meta"]["name"] not in loads]
    yield {**suite, "expectations": rest}, False
    if whole := [_as_if_new(one, loads[one["meta"]["name"]])
                 for one in suite["expectations"] if one["meta"]["name"] in loads]:
        yield {**suite, "expectations": whole}, True


def _as_if_new(expectation: dict, loads: list[str]) -> dict:
    listed = ", ".join("'" + load_id.replace("'", "''") + "'" for load_id in loads)
    wider = f"{NEW_LOADS[:-1]} or load_id in ({listed}))"
    return {**expectation, "kwargs": {
        name: value.replace(NEW_LOADS, wider) if name == "unexpected_rows_query" else value
        for name, value in expectation["kwargs"].items()}}
