"""Reads from a release how firm a ranking is: ranks under other rules, and without the largest exporter."""

from dataclasses import dataclass

from lumbung.errors import LumbungError
from lumbung.report.ranking import Ranking, Release


@dataclass(frozen=True)
class Elsewhere:
    """A city of a ranking under the other rules in force for the same months. Internal: never published.

    `others` gives the rank by "rule/basis", None where unranked; `rank_without_largest` is None where the city would
    not be ranked without its largest exporter.
    """

    rank: int | None
    region_code: str
    region_name: str
    rank_without_largest: int | None
    depends_on_few: bool | None
    others: dict[str, int | None]

    @property
    def differing(self) -> dict[str, int | None]:
        """The rules that give another rank, or none."""
        return {rule: rank for rule, rank in self.others.items() if rank != self.rank}


def elsewhere(release: Release, ranking: Ranking) -> list[Elsewhere]:
    """The cities of a ranking in its order. Raises LumbungError for a release made before this was kept."""
    with release.connect() as connection:
        known = {row[0] for row in connection.execute("DESCRIBE mart_city_ranking").fetchall()}
        if "ranks_elsewhere" not in known:
            raise LumbungError(f"Release {release.id} does not tell of other rules.", where=str(release.path),
                               todo="Ask a later release.")
        found = connection.execute(
            "SELECT rank, region_code, region_name, rank_without_largest, depends_on_few, ranks_elsewhere "
            "FROM mart_city_ranking WHERE rule_name = ? AND rule_version = ? AND basis = ? AND is_synthetic = ? "
            "AND province_code = ? AND through_month = ? ORDER BY rank NULLS LAST, region_code",
            [ranking.rule["rule_name"], ranking.rule["rule_version"], ranking.basis, ranking.is_synthetic,
             ranking.province_code, ranking.through]).fetchall()
    return [Elsewhere(*row[:5], _ranks(row[5])) for row in found]


def as_rows(cities: list[Elsewhere]) -> list[dict]:
    """The same as plain values for JSON."""
    return [{"rank": c.rank, "region_code": c.region_code, "region_name": c.region_name,
             "rank_without_largest": c.rank_without_largest, "depends_on_few": c.depends_on_few,
             "ranks_elsewhere": c.others} for c in cities]


def _ranks(text: str | None) -> dict[str, int | None]:
    pairs = (part.rsplit(":", 1) for part in (text or "").split(",") if part)
    return {rule: None if rank == "-" else int(rank) for rule, rank in pairs}
