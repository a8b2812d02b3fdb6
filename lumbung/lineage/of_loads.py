"""What intake and append read and wrote."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from lumbung.lineage.events import within
from lumbung.lineage.facets import description, input_of, output_of, schema, version
from lumbung.lineage.names import landing, load, table
from lumbung.lineage.runs import Step
from lumbung.privacy import masked


def taken_in(landed: Iterable, judged: list[dict]) -> tuple[list, list]:
    """A batch: the files that landed (`intake.Landed`), and the loads they became with their verdicts."""
    files = {one.load_id: one for one in landed if one.status != "redelivered"}
    inputs = {landing(one.feed, one.sha256): masked(f"{one.agency}/{one.file_name}") for one in files.values()}
    outputs = []
    for verdict in judged:
        one = files[verdict["load_id"]]
        made_of = [landing(one.feed, one.sha256)] + [load(one.parent_load_id)] * bool(one.parent_load_id)
        outputs.append(output_of(
            load(one.load_id), rows=verdict["rows_accepted"], size=one.bytes, made_of=made_of,
            version=version(one.contract_version), documentation=description(verdict["status"])))
    parents = sorted({load(one.parent_load_id) for one in files.values() if one.parent_load_id})
    return [*(input_of(name, documentation=description(told)) for name, told in sorted(inputs.items())),
            *map(input_of, parents)], outputs


def appended(step: Step, pinned: Iterable[Mapping], shapes: Callable[[], Mapping], feeds: Collection[str]) -> Iterator:
    """A job a feed: all loads that the run takes, also those appended in runs before, and the table that holds their
    rows. A feed without loads has a table without inputs."""
    there = shapes()
    loads: dict[str, list[Mapping]] = {feed: [] for feed in feeds}
    for one in pinned:
        loads[one["feed"]].append(one)
    for feed, of_feed in sorted(loads.items()):
        name = table("raw", feed)
        shape = there.get(name)
        yield from within(
            step, f"append.{feed}", [input_of(load(one["load_id"])) for one in of_feed],
            [output_of(name, rows=sum(one["rows_accepted"] for one in of_feed), version=version(step.key),
                       schema=schema(shape.columns if shape else ()))])


def resolved(pinned: Iterable[Mapping], known: Mapping, parties: int) -> tuple[list, list]:
    """Who is which business, of the pinned loads of feeds that name parties; `known` are the contracts by feed."""
    naming = {feed for feed, contract in known.items() if contract.pseudonyms}
    return [input_of(load(one["load_id"])) for one in pinned if one["feed"] in naming], [
        output_of(table("control", "parties"), rows=parties)]
