"""Why the figures of a list changed between two releases: amounts in cents a city, cause and document, that add up."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from lumbung.diff import shares
from lumbung.diff.cents import NOTHING, Cents, minus, size, total
from lumbung.diff.documents import months_there
from lumbung.diff.figures import Figures
from lumbung.diff.lineages import Lineage
from lumbung.diff.lists import Asked, CityRow, StoredList, stored_list
from lumbung.diff.loads import Loads, loads_of
from lumbung.diff.ranks import are_as_stored, ranks
from lumbung.diff.releases import Release, is_same_code, lacks, require_tables
from lumbung.diff.states import STEPS, SWITCHED, State, path
from lumbung.errors import LumbungError


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
        """Whether a figure or the rank is another, or would have been on the way as far as that can be said."""
        ranks_on_the_way = {rank for _, rank in self.rank_path if rank != "?"}
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
        months = months_there(connection, before, asked.basis, b.is_synthetic, asked.province)
        return _explained(figures, asked, (before, after), bool(same_code or restated), loads, months)


def _explained(figures: Figures, asked: Asked, releases: tuple[Release, Release], code_measured: bool,
               loads: Loads, months: set) -> Difference:
    a, b = figures.lists["a"], figures.lists["b"]
    forward = path()
    sums = [{code: _stored(a.cities.get(code)) for code in figures.cities}, *map(figures.of, forward)]
    if is_same_code(*releases):
        _require(sums[1], sums[0], a, "A")
    _require(sums[-1], {code: _stored(b.cities.get(code)) for code in figures.cities}, b, "B")
    backward = path(tuple(reversed(SWITCHED)))
    reverse = list(map(figures.of, backward))
    documents = shares.by_city(figures, forward[0], backward[-2], loads, months, code_measured)
    paths = _rank_paths(figures, forward, sums[1:])
    cities = []
    for code in figures.cities:
        causes = [Cause("code", None, *[minus(sums[1][code], sums[0][code])] * 2)]
        for number, step in enumerate(SWITCHED):
            at = len(SWITCHED) - number
            forth, back = (minus(sums[number + 2][code], sums[number + 1][code]),
                           minus(reverse[at][code], reverse[at - 1][code]))
            causes += (_document_causes(code, documents[code], forth, back) if step == "documents"
                       else [Cause(step, None, forth, back)])
        cities.append(CityChange(a.cities.get(code), b.cities.get(code), paths[code], _largest_first(causes),
                                 documents[code].largest_first()))
    return Difference(asked, a, b, tuple(r.manifest["code_version"] for r in releases), code_measured,
                      sorted(cities, key=lambda city: (not city.moved, -size(city.cents), city.row.region_code)))


def _largest_first(causes: list[Cause]) -> list[Cause]:
    return sorted((cause for cause in causes if (cause.cents, cause.reverse_cents) != (NOTHING, NOTHING)),
                  key=lambda cause: (-size(cause.cents), STEPS.index(cause.step), cause.name))


def _document_causes(code: str, documents: shares.CityDocuments, cents: Cents, back: Cents) -> list[Cause]:
    """The step `documents` by what became of them. Raises LumbungError where they are not the whole step."""
    for whole, number in ((cents, 0), (back, 1)):
        if (found := total(both[number] for both in documents.by_cause.values())) != whole:
            raise LumbungError(f"The documents of {code} make {found} cents of a change of {whole}.", where=code,
                               todo="Check both releases with `lumbung verify`; report it if they are whole.")
    return [Cause("documents", cause, forth, reverse) for cause, (forth, reverse) in documents.by_cause.items()]


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
