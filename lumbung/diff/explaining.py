"""Why the figures of a list changed between two releases: amounts in cents a city, cause and document, that add up."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from lumbung.diff import documents as documents_of
from lumbung.diff.figures import Cents, Figures
from lumbung.diff.lineages import Evidence, Lineage, judged, together
from lumbung.diff.lists import Asked, CityRow, StoredList, stored_list
from lumbung.diff.loads import loads_of
from lumbung.diff.ranks import are_as_stored, ranks
from lumbung.diff.releases import Release, is_same_code, lacks, require_tables
from lumbung.diff.states import STEPS, SWITCHED, State, path
from lumbung.errors import LumbungError

NOTHING: Cents = (0, 0)


@dataclass(frozen=True)
class Cause:
    """What one cause did to a city: cents of the base and current window, and the same in the reverse order.

    `document_cause` says which cause of documents; it is None for the other steps.
    """

    step: str
    document_cause: str | None
    cents: Cents
    reverse_cents: Cents

    @property
    def name(self) -> str:
        return self.document_cause or self.step

    @property
    def interaction(self) -> Cents:
        return minus(self.cents, self.reverse_cents)


@dataclass(frozen=True)
class CityChange:
    """A city in both releases. `rank_path` is the rank after each of STEPS, "?" where it can't be said."""

    before: CityRow | None
    after: CityRow | None
    rank_path: list[tuple[str, int | str | None]]
    causes: list[Cause]
    lineages: list[tuple[Lineage, Cents]]

    @property
    def row(self) -> CityRow:
        return self.after or self.before

    @property
    def cents(self) -> Cents:
        return minus(_stored(self.after), _stored(self.before))

    @property
    def moved(self) -> bool:
        """Whether a figure or the rank is another, or would have been on the way."""
        ranks_on_the_way = {rank for _, rank in self.rank_path}
        return bool(self.causes) or len(ranks_on_the_way) > 1 or self.before is None or self.after is None


@dataclass(frozen=True)
class Difference:
    """A list in two releases; `cities` that moved come first. `code_measured` is False where A's documents under
    B's code were not there to compare."""

    asked: Asked
    before: StoredList
    after: StoredList
    code_versions: tuple[str, str]
    code_measured: bool
    cities: list[CityChange]


def explain(before: Release, after: Release, asked: Asked, *, replays: frozenset[str] = frozenset(),
            restated: Release | None = None, without_code: bool = False) -> Difference:
    """Explain a list's change from release `before` (A) to `after` (B), exactly, or not at all.

    `restated` is A's pin as B's code builds it, needed where their code differs; `without_code` does without it: then
    `code` is what today's calculation makes of A's facts, and what code changed in documents stands under documents.
    `replays` are the ids of loads that brought rows back from quarantine.

    Raises LumbungError where B's figures do not come out to the cent, naming the cities; where A's code is another
    and there is neither `restated` nor `without_code`.
    """
    same_code = is_same_code(before, after)
    if not (same_code or restated or without_code):
        raise LumbungError(
            f"Releases {before.id} and {after.id} were made by different code.",
            where=f"{before.manifest['code_version']}, {after.manifest['code_version']}",
            todo="What the code changed is known once A is rebuilt by B's code; or ask with --without-code.")
    made_with = restated if restated and lacks(before) else before
    for release in filter(None, (made_with, after, restated)):
        require_tables(release)
    with duckdb.connect() as connection:
        b = stored_list(connection, after, asked)
        a = stored_list(connection, before, asked, b.is_synthetic)
        figures = Figures(connection, asked.basis, {"a": a, "b": b}, {"a": restated or before, "b": after},
                          {"a": made_with, "b": after}, {"a": before, "b": after})
        loads = loads_of(connection, before, after, replays)
        months = documents_of.months_there(connection, before, asked.basis, b.is_synthetic, asked.province)
        return _explained(figures, asked, (before, after), bool(same_code or restated), loads, months)


def _explained(figures: Figures, asked: Asked, releases: tuple[Release, Release], code_measured: bool, loads,
               months: set) -> Difference:
    a, b = figures.lists["a"], figures.lists["b"]
    forward = path()
    sums = [{code: _stored(a.cities.get(code)) for code in figures.cities}, *map(figures.of, forward)]
    if is_same_code(*releases):
        _require(sums[1], sums[0], a, "A")
    _require(sums[-1], {code: _stored(b.cities.get(code)) for code in figures.cities}, b, "B")
    backward = path(tuple(reversed(SWITCHED)))
    reverse = list(map(figures.of, backward))
    by_document = [documents_of.changes(figures, State()),
                   documents_of.changes(figures, backward[-2])]
    lineages = _lineages(figures, by_document, loads, months, code_measured)
    paths = _rank_paths(figures, forward, sums[1:])
    cities = []
    for code in figures.cities:
        causes = []
        for number, step in enumerate(STEPS):
            cents = minus(sums[number + 1][code], sums[number][code])
            if step == "code":
                causes.append(Cause(step, None, cents, cents))
                continue
            at = len(SWITCHED) - SWITCHED.index(step)
            back = minus(reverse[at][code], reverse[at - 1][code])
            causes += (_document_causes(code, lineages, cents, back, by_document) if step == "documents"
                       else [Cause(step, None, cents, back)])
        mine = [(lineage, forth[code]) for lineage, forth, _ in lineages if forth.get(code, NOTHING) != NOTHING]
        cities.append(CityChange(
            a.cities.get(code), b.cities.get(code), paths[code],
            sorted((c for c in causes if (c.cents, c.reverse_cents) != (NOTHING, NOTHING)),
                   key=lambda c: (-size(c.cents), STEPS.index(c.step), c.name)),
            sorted(mine, key=lambda one: (-size(one[1]), one[0].documents))))
    return Difference(asked, a, b, tuple(r.manifest["code_version"] for r in releases), code_measured,
                      sorted(cities, key=lambda city: (not city.moved, -size(city.cents), city.row.region_code)))


def _document_causes(code: str, lineages: list, cents: Cents, back: Cents, by_document: list) -> list[Cause]:
    """The step `documents` by what became of them. Raises LumbungError where they are not the whole step."""
    sums: dict[str, tuple[Cents, Cents]] = {}
    for lineage, forth, reverse in lineages:
        known = sums.get(lineage.cause, (NOTHING, NOTHING))
        sums[lineage.cause] = (plus(known[0], forth.get(code, NOTHING)), plus(known[1], reverse.get(code, NOTHING)))
    for whole, number in ((cents, 0), (back, 1)):
        found = plus(*(pair[number] for pair in sums.values()))
        if found != whole:
            raise LumbungError(f"The documents of {code} make {found} cents of a change of {whole}.", where=code,
                               todo="Check both releases with `lumbung verify`; report it if they are whole.")
    return [Cause("documents", cause, forth, reverse) for cause, (forth, reverse) in sums.items()]


def _lineages(figures: Figures, by_document: list, loads, months: set,
              code_measured: bool) -> list[tuple[Lineage, dict[str, Cents], dict[str, Cents]]]:
    """Every lineage that changed a figure, with cents by city in both orders."""
    replaces = documents_of.links(figures)
    groups = together({document for changed in by_document for document in changed}, replaces)
    every = [document for group in groups for document in group]
    evidence = Evidence(documents_of.known(figures, "a", every), documents_of.known(figures, "b", every), replaces,
                        loads, months, code_measured)
    return [(judged(group, tuple(d for d in group if any(d in changed for changed in by_document)), evidence),
             *(_by_city(group, changed) for changed in by_document)) for group in groups]


def _by_city(group: tuple[str, ...], changed: Mapping[str, Mapping[str, list[int]]]) -> dict[str, Cents]:
    found: dict[str, Cents] = {}
    for document in group:
        for code, cents in changed.get(document, {}).items():
            found[code] = plus(found.get(code, NOTHING), tuple(cents))
    return found


def _rank_paths(figures: Figures, states: list[State], sums: list[dict[str, Cents]]) -> dict[str, list]:
    """The stored rank in A, the rank after each step, and in the end that stored in B."""
    a, b = figures.lists["a"], figures.lists["b"]
    found = [ranks(figures, state, cents) for state, cents in zip(states, sums, strict=True)]
    can_be_said = all(one.rule.get("measure", "fob_usd") == "fob_usd" for one in (a, b)) and are_as_stored(b, found[-1])
    paths = {}
    for code in figures.cities:
        between = [one[code] if can_be_said else "?" for one in found[:-1]]
        paths[code] = list(zip(("A", *STEPS), [
            a.cities[code].rank if code in a.cities else None, *between,
            b.cities[code].rank if code in b.cities else None], strict=True))
    return paths


def _require(found: Mapping[str, Cents], stored: Mapping[str, Cents], one: StoredList, name: str) -> None:
    if wrong := [code for code in stored if found[code] != stored[code]]:
        raise LumbungError(
            f"The figures of {name} ({one.release_id}) do not come out of its facts, for {', '.join(wrong)}: "
            f"{found[wrong[0]]} cents instead of {stored[wrong[0]]}.", where=f"release {one.release_id}",
            todo="Take the code that made B, or check the release with `lumbung verify`.")


def _stored(row: CityRow | None) -> Cents:
    return (int(row.base_usd * 100), int(row.current_usd * 100)) if row else NOTHING


def plus(*pairs: Cents) -> Cents:
    """Both windows added, each by itself."""
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def minus(one: Cents, other: Cents) -> Cents:
    """Both windows subtracted, each by itself."""
    return one[0] - other[0], one[1] - other[1]


def size(cents: Cents) -> int:
    """How much a pair of amounts weighs, to put the largest first."""
    return abs(cents[0]) + abs(cents[1])
