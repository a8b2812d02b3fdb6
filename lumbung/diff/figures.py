"""The figures of every city in a state between two releases, from their facts: F of the method."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from lumbung.diff.cents import NOTHING, Cents
from lumbung.diff.items import FACTS, Placed, Valued, items
from lumbung.diff.lists import StoredList
from lumbung.diff.releases import Release, month_files, rows_of, sha256_of, table
from lumbung.diff.states import State

SIDES = ("a", "b")


@dataclass
class Figures:
    """Computes states. `documents` says which release gives each side's facts, `made_with` its rates and regions.

    `documents["a"]` is A as rebuilt by B's code, where that was needed.
    """

    connection: duckdb.DuckDBPyConnection
    basis: str
    lists: dict[str, StoredList]
    documents: dict[str, Release]
    made_with: dict[str, Release]
    identity: dict[str, Release]

    def __post_init__(self):
        self.is_synthetic = self.lists["b"].is_synthetic
        self.cities = sorted({code for one in self.lists.values() for code in one.cities})
        same_rates = self._is_same("dim_exchange_rate")
        same_regions = self._is_same("dim_region") and self._is_same("dim_exporter_region")
        self._rates = {"a": "a", "b": "a" if same_rates else "b"}
        self._regions = {"a": "a", "b": "a" if same_regions else "b"}
        for side in SIDES:
            self._make_environment(side)
        for side in SIDES:
            self._sum(side)

    def valued(self, state: State) -> Valued:
        return Valued(self._rates[state.rates], self.lists[state.rule].rule["rate_source"])

    def placed(self, state: State) -> Placed:
        return Placed(self._regions[state.regions], self.lists[state.rule].rule["place"])

    def months(self, state: State) -> tuple[tuple[date, ...], tuple[date, ...]]:
        """First days of the months of the base and of the current window."""
        window = self.lists[state.window]
        return window.base_months, window.months

    def seen_as(self, state: State) -> tuple:
        """All that the amount, place and window of an item rest on."""
        return self.valued(state), self.placed(state), self.months(state)

    def of(self, state: State) -> dict[str, Cents]:
        """Base and current window of every city, in cents."""
        base, current = self.months(state)
        usd, city = self.valued(state).name, self.placed(state).name
        found = self.connection.execute(f"""
            SELECT {city}, coalesce(sum({usd}) FILTER (list_contains($base, month)), 0) * 100,
                coalesce(sum({usd}) FILTER (list_contains($current, month)), 0) * 100
            FROM summed_{state.documents} GROUP BY 1""", {"base": base, "current": current}).fetchall()
        sums = {code: (int(before), int(after)) for code, before, after in found}
        return {code: sums.get(code, NOTHING) for code in self.cities}

    def exporters(self, state: State) -> dict[str, int]:
        """How many businesses export from each city in the current window."""
        city = self.placed(state).name
        found = self.connection.execute(f"""
            SELECT {city}, count(DISTINCT coalesce(ikm_id, party))
            FROM summed_{state.documents} LEFT JOIN businesses_{state.identity} ON party = party_key
            WHERE list_contains($current, month) AND party <> 'unknown' GROUP BY 1""",
            {"current": self.months(state)[1]}).fetchall()
        return {code: dict(found).get(code, 0) for code in self.cities}

    def _is_same(self, name: str) -> bool:
        return sha256_of(self.made_with["a"], name) == sha256_of(self.made_with["b"], name)

    def _make_environment(self, side: str) -> None:
        release = self.made_with[side]
        # A real amount takes no made-up rate; dollars need none.
        real_only = "true" if self.is_synthetic else "NOT is_synthetic"
        self.connection.execute(f"""
            CREATE TEMP TABLE rates_{side} AS SELECT * FROM {table(release, 'dim_exchange_rate')}
            WHERE currency <> 'USD' AND {real_only};
            CREATE TEMP TABLE regions_{side} AS SELECT region_code, current_region_code, province_code
            FROM {table(release, 'dim_region')};
            CREATE TEMP TABLE register_{side} AS SELECT exporter_party_key, region_code
            FROM {table(release, 'dim_exporter_region')} WHERE is_synthetic = {self.is_synthetic};
            CREATE TEMP TABLE businesses_{side} AS SELECT party_key, ikm_id
            FROM {table(self.identity[side], 'bridge_party_business')}""")

    def _sum(self, side: str) -> None:
        """All that any state may ask of a side's facts, by month, place and party: one pass over its items."""
        release, fact = self.documents[side], FACTS[self.basis].table
        states = [State(rates=rates, regions=regions, rule=rule)
                  for rates in SIDES for regions in SIDES for rule in SIDES]
        valued, placed = sorted_names(map(self.valued, states)), sorted_names(map(self.placed, states))
        groups = ", ".join(["month", "party", *(p.name for p in placed)])
        sums = ", ".join(f"sum({v.name}) AS {v.name}" for v in valued)
        files = list(month_files(release, fact))
        # A fact without a month of the windows is read all the same, for the columns; no state asks for its rows.
        paths = [path for path in files if self._is_asked(path)] or files[:1]
        source = items(rows_of(release, paths), self.basis, self.is_synthetic, valued, placed)
        self.connection.execute(
            f"CREATE TEMP TABLE summed_{side} AS SELECT {groups}, {sums} FROM ({source}) GROUP BY ALL")

    def _is_asked(self, path: str) -> bool:
        """Whether a month's file is of a month that one of the windows has."""
        wanted = {f"{month:%Y-%m}" for one in self.lists.values() for month in (*one.months, *one.base_months)}
        return path.rsplit("/", 1)[1].removesuffix(".parquet") in wanted


def sorted_names(columns: Iterable) -> list:
    """Each column once, by name."""
    return sorted(set(columns), key=lambda column: column.name)
