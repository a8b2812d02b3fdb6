"""Reads from a release what became of the members of programmes: who is seen exporting, and who waits beside them."""

from dataclasses import dataclass
from datetime import date

import duckdb

from lumbung.errors import LumbungError, UsageError
from lumbung.report.ranking import Release

NOT_AN_EFFECT = "Hubungan, bukan dampak: siapa yang dilatih dipilih, dan yang dipilih bisa lain sejak awal."
ARMS = ("trained", "enrolled", "waiting")
HORIZONS = (6, 12, 24)
MEASURES = ("export", "first_export")
# What may be asked for, and the dimension that names it: (table, its code, its name).
NAMED_BY = {
    "programme": ("dim_programme", "programme_code", "programme_name"),
    "office": ("dim_agency", "agency_code", "agency_name"),
    "funding_source": ("dim_funding_source", "funding_source_code", "funding_source_name_id"),
    "region": ("dim_region", "region_code", "region_name"),
}


@dataclass(frozen=True)
class Outcomes:
    """One group of members and those waiting beside it, by measure.

    `rows` and `waiting` hold a row of `mart_programme_outcome` for each of MEASURES; `waiting` lacks those of which
    nobody waited. `group_name` is "" for all members.
    """

    release_id: str
    breakdown: str
    breakdown_code: str
    group_name: str
    cohort: str
    arm: str
    horizon_months: int
    is_synthetic: bool
    rows: dict[str, dict]
    waiting: dict[str, dict]

    @property
    def last_final_month(self) -> date | None:
        """The last month of exports that counts as final; None where no exports of the place are known."""
        return self.rows["export"]["last_final_month"]


def outcomes(release: Release, breakdown: str = "all", code: str = "all", cohort: str = "all", arm: str = "trained",
             months: int = 12) -> Outcomes:
    """What became of a group: `breakdown` is "all", "sector" or one of NAMED_BY, `code` which one.

    Figures from real rows are taken where there are any, made-up ones only where there is nothing else. Raises
    UsageError for an arm or a number of months that can't be, LumbungError listing what exists otherwise.
    """
    if arm not in ARMS:
        raise UsageError(f"There is no arm {arm!r}.", todo=f"Use one of: {', '.join(ARMS)}.")
    if months not in HORIZONS:
        raise UsageError(f"Members are not followed for {months} months.",
                         todo=f"Use one of: {', '.join(map(str, HORIZONS))}.")
    with release.connect() as connection:
        if not connection.execute("SELECT 1 FROM information_schema.tables "
                                  "WHERE table_name = 'mart_programme_outcome'").fetchall():
            raise LumbungError(f"Release {release.id} knows nothing of programmes yet.", where=str(release.path),
                               todo="Load lists of members (feed programme_enrolment) and run `lumbung run`.")
        found = _rows(connection, breakdown, code, cohort, months)
        kinds = sorted({row["is_synthetic"] for row in found if row["arm"] == arm})
        if not kinds:
            raise _nothing(release, connection, breakdown, code, cohort, arm)
        mine = [row for row in found if row["is_synthetic"] == kinds[0]]
        return Outcomes(
            release.id, breakdown, code, _name(connection, breakdown, code), cohort, arm, months, kinds[0],
            {row["measure"]: row for row in mine if row["arm"] == arm},
            {row["measure"]: row for row in mine if row["arm"] == "waiting" and arm != "waiting"})


def as_rows(found: Outcomes) -> list[dict]:
    """The rows of the mart, the group's before those waiting, each with the words that go with any such figure."""
    return [{**row, "note": NOT_AN_EFFECT} for rows in (found.rows, found.waiting) for row in rows.values()]


def _rows(connection: duckdb.DuckDBPyConnection, breakdown: str, code: str, cohort: str, months: int) -> list[dict]:
    result = connection.execute(
        "SELECT * FROM mart_programme_outcome WHERE breakdown = ? AND breakdown_code = ? AND cohort = ? "
        "AND horizon_months = ? ORDER BY is_synthetic, arm, measure", [breakdown, code, cohort, months])
    names = [column[0] for column in result.description]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _name(connection: duckdb.DuckDBPyConnection, breakdown: str, code: str) -> str:
    if breakdown not in NAMED_BY:
        return "" if breakdown == "all" else code
    table, key, name = NAMED_BY[breakdown]
    found = connection.execute(f"SELECT max({name}) FROM {table} WHERE {key} = ?", [code]).fetchone()
    return found[0] or code


def _nothing(release: Release, connection: duckdb.DuckDBPyConnection, breakdown: str, code: str, cohort: str,
             arm: str) -> LumbungError:
    def distinct(column: str, where: str = "true", values: tuple = ()) -> list[str]:
        return [row[0] for row in connection.execute(
            f"SELECT DISTINCT {column} FROM mart_programme_outcome WHERE {where} ORDER BY 1", values).fetchall()]

    if code not in (codes := distinct("breakdown_code", "breakdown = ?", (breakdown,))):
        return LumbungError(f"Release {release.id} knows no {breakdown.replace('_', ' ')} {code!r} with members.",
                            where=str(release.path),
                            todo=f"There are: {', '.join(codes)}." if codes else
                            "Load lists of members (feed programme_enrolment) first.")
    cohorts = distinct("cohort", "breakdown = ? AND breakdown_code = ? AND arm = ?", (breakdown, code, arm))
    return LumbungError(f"Nobody of {breakdown.replace('_', ' ')} {code!r} is {arm} in {cohort}.",
                        where=str(release.path),
                        todo=f"There are: {', '.join(cohorts)}." if cohorts else "Ask for another --arm.")
