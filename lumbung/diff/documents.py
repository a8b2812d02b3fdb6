"""Which documents make two releases differ, by how much, and what each release knows of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import duckdb

from lumbung.diff.figures import SIDES, Figures
from lumbung.diff.items import FACTS, items
from lumbung.diff.releases import Release, month_files, rows_of, table, text
from lumbung.diff.states import State

Amounts = dict[str, dict[str, list[int]]]        # document -> city -> cents of the base and the current window


@dataclass
class Known:
    """What one release knows of a document.

    `counted` are the versions and `counted_in` the loads of its rows in the fact, `months` where they stand; `loads`
    are all loads with rows of it, `outcomes` what became of those.
    """

    counted: set[str] = field(default_factory=set)
    counted_in: set[str] = field(default_factory=set)
    months: set[date] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    is_contradicted: bool = False


def changes(figures: Figures, state: State) -> Amounts:
    """What B's documents give each city more than A's, by document, all else as in the state."""
    usd, city = figures.valued(state), figures.placed(state)
    base, current = figures.months(state)
    windows = ", ".join(f"({number}, DATE '{month}')" for number, months in enumerate((base, current))
                        for month in months)
    if not windows:
        return {}
    cities = ", ".join(map(text, figures.cities))
    paths = changed_months(figures)
    parts = []
    for side, sign in (("a", "-"), ("b", "+")):
        if paths[side]:
            source = items(rows_of(figures.documents[side], paths[side]), figures.basis, figures.is_synthetic,
                           [usd], [city])
            parts.append(f"SELECT document, {city.name} AS city, month, {sign}{usd.name} AS usd FROM ({source}) "
                         f"WHERE {city.name} IN ({cities})")
    if not parts:
        return {}
    found: Amounts = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for document, city_code, number, cents in figures.connection.execute(f"""
            SELECT document, city, number, sum(usd) * 100 FROM ({' UNION ALL '.join(parts)})
            JOIN (VALUES {windows}) AS windows (number, start) ON month = start
            GROUP BY document, city, number HAVING sum(usd) <> 0""").fetchall():
        found[document][city_code][number] = int(cents)
    return found


def changed_months(figures: Figures) -> dict[str, list[str]]:
    """The files of months whose rows may differ: those with the same bytes on both sides hold the same rows."""
    fact = FACTS[figures.basis].table
    files = {side: month_files(figures.documents[side], fact) for side in SIDES}
    return {side: [path for path, sha256 in files[side].items() if files[other].get(path) != sha256]
            for side, other in (("a", "b"), ("b", "a"))}


def links(figures: Figures) -> dict[str, set[str]]:
    """Document -> the documents that it says it replaces, in either release."""
    found = defaultdict(set)
    for side in SIDES:
        for document, replaced in figures.connection.execute(f"""
                SELECT DISTINCT document_key, replaces_document_key
                FROM {table(figures.documents[side], 'mart_document_version')}
                WHERE replaces_document_key IS NOT NULL AND feed = ? AND is_synthetic = ?""",
                [figures.basis, figures.is_synthetic]).fetchall():
            found[document].add(replaced)
    return dict(found)


def known(figures: Figures, side: str, documents: Iterable[str]) -> dict[str, Known]:
    """What a side knows of these documents: of its fact, and of those that came in versions or went."""
    connection, release, fact = figures.connection, figures.documents[side], FACTS[figures.basis]
    connection.execute("CREATE OR REPLACE TEMP TABLE asked (document VARCHAR)")
    connection.execute("INSERT INTO asked SELECT unnest(?::VARCHAR[])", [list(documents)])
    told: dict[str, Known] = defaultdict(Known)
    if paths := list(month_files(release, fact.table)):
        for document, version, load_id, has_conflict, months in connection.execute(f"""
                SELECT {fact.document}, coalesce({fact.version}::VARCHAR, ''), load_id, bool_or(has_conflict),
                    list(DISTINCT date_trunc('month', {fact.day})::DATE)
                FROM {rows_of(release, paths)} SEMI JOIN asked ON {fact.document} = asked.document
                WHERE is_synthetic = ? GROUP BY ALL""", [figures.is_synthetic]).fetchall():
            about = told[document]
            about.counted.add(version)
            about.counted_in.add(load_id)
            about.loads.add(load_id)
            about.months.update(months)
            about.is_contradicted |= has_conflict
    for document, load_id, outcome, is_contradicted in connection.execute(f"""
            SELECT document_key, load_id, outcome, bool_or(is_contradicted)
            FROM {table(release, 'mart_document_version')} SEMI JOIN asked ON document_key = asked.document
            WHERE feed = ? AND is_synthetic = ? GROUP BY ALL""",
            [figures.basis, figures.is_synthetic]).fetchall():
        about = told[document]
        about.loads.add(load_id)
        about.outcomes.add(outcome)
        about.is_contradicted |= is_contradicted or outcome == "conflict"
    return told


def months_there(connection: duckdb.DuckDBPyConnection, release: Release, basis: str, is_synthetic: bool,
                 province: str) -> set[date]:
    """The months of a province for which a release has rows."""
    return {month for (month,) in connection.execute(f"""
        SELECT DISTINCT month FROM {table(release, 'mart_city_export_month')}
        JOIN {table(release, 'dim_region')} USING (region_code)
        WHERE basis = ? AND is_synthetic = ? AND province_code = ?""", [basis, is_synthetic, province]).fetchall()}
