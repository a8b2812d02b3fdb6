"""The rows that failed, by key: written by DuckDB from the query that finds them, while the database is open.

A query is run once. What people are told (count, first keys, loads) is read from the file it leaves.
"""

import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lumbung.gates import covering
from lumbung.gates.warehouse import Warehouse
from lumbung.lake.durable import written_aside

COLUMNS = ("run_id", "step", "feed", "table_name", "check_name", "severity", "load_id", "agency", "sheet", "row_number",
           "row_key", "reason")
# What has a column of its own, or is a measure and no key.
BESIDE_KEY = ("load_id", "feed", "agency", "sheet", "row_number", "observed")
OWN = {"load_id": "varchar", "sheet": "varchar", "row_number": "bigint"}
KEYS_KEPT = 20


class FailingRows:
    """The failing rows of one gate run. `loads` is the table that knows the agency of a load, if there is one."""

    def __init__(self, warehouse: Warehouse, folder: Path, loads: str | None):
        self._warehouse, self._folder, self._loads = warehouse, folder, loads
        self._parts: list[str] = []

    def add(self, query: str, index: list[str] | None, keys: list[str] | None, of: dict[str, str],
            acts: Mapping[str, dict]) -> dict:
        """Keep the rows of a query; gives `unexpected_count`, `unexpected_keys`, `load_ids`, `by_agency`, `accepted`.

        `index` are the columns to take, of which `keys` are told to people; None: all that the query has. `of` gives
        `feed`, `table`, `expectation`, `severity` and `reason` of the check, and may give `counted_by`: columns of
        a thing that is counted once in however many rows it is. `acts` is what people accepted by load id:
        such rows are kept as a warning, and told only where there are no others. `severity` and `reason` are given
        back as they are then; `accepted` are the acts that covered their load.
        """
        rows = self._warehouse.rows
        columns = index or [row[0] for row in rows(f"describe {query}")]
        keys = [name for name in keys or columns if name != "load_id"]
        self._folder.mkdir(parents=True, exist_ok=True)
        path = as_text(self._folder / f"{len(self._parts)}.parquet")
        part = f"read_parquet({path})"
        found = self.with_agency(query, columns)
        taken = ", ".join(f'"{name}"' for name in dict.fromkeys([*columns, "agency"]))
        rows(f"copy (select {taken} from ({found}) as found) to {path} (format parquet)")
        part, of, accepted = self._accepted(part, columns, of, acts)
        self._parts.append(self._projection(part, columns, of))
        one = f"distinct ({', '.join(of['counted_by'])})" if of.get("counted_by") else "*"
        counts = rows(f"select agency, count({one}) from {part} group by agency order by agency")
        first = rows(f"""select distinct {', '.join(f'"{key}"::varchar' for key in keys)} from {part} """
                     f"order by all limit {KEYS_KEPT}") if keys else []
        loads = rows(f"select distinct load_id from {part} where load_id is not null order by load_id") \
            if "load_id" in columns else []
        in_all = rows(f"select count({one}) from {part}")[0][0]
        return {"unexpected_count": in_all, "load_ids": [load_id for (load_id,) in loads],
                "unexpected_keys": [dict(zip(keys, row, strict=True)) for row in first],
                "by_agency": [{"agency": agency, "rows_failed": count} for agency, count in counts],
                "accepted": accepted, "severity": of["severity"], "reason": of["reason"]}

    def _accepted(self, part: str, columns: list[str], of: dict[str, str],
                  acts: Mapping[str, dict]) -> tuple[str, dict[str, str], list[dict]]:
        """What to tell of a part: the rows that nobody accepted, else all of them as a warning."""
        if not acts or "load_id" not in columns:
            return part, of, []
        failed = dict(self._warehouse.rows(f"select load_id::varchar, count(*) from {part} group by all"))
        if not (covered := covering.covered(acts, failed)):
            return part, of, []
        warned = {**of, "severity": "warning", "reason": f"{of['reason']} {covering.as_sentence(covered)}"}
        loads = [act["load_id"] for act in covered]
        if set(failed) == set(loads):
            return part, warned, covered
        of_them = f"coalesce(load_id in ({', '.join(map(as_text, loads))}), false)"
        self._parts.append(self._projection(f"(select * from {part} where {of_them})", columns, warned))
        return f"(select * from {part} where not {of_them})", of, covered

    def write(self, target: Path, run_id: str, step: str) -> Path | None:
        """Write all of them as one Parquet file in an order of their own; None where nothing failed."""
        if not self._parts:
            return None
        columns, parts = ", ".join(COLUMNS), " union all ".join(self._parts)
        with written_aside(target) as aside:
            self._warehouse.rows(
                f"copy (select {columns} from (select {as_text(run_id)} as run_id, {as_text(step)} as step, * "
                f"from ({parts})) order by {columns}) to {as_text(aside)} (format parquet, compression zstd)")
        return target

    def with_agency(self, query: str, columns: list[str] | None = None) -> str:
        """The query with a column `agency`: its own, else that of its loads, else empty."""
        columns = columns or [row[0] for row in self._warehouse.rows(f"describe {query}")]
        if "agency" in columns:
            return query
        if not self._loads or "load_id" not in columns:
            return f"select *, null::varchar as agency from ({query}) as found"
        return (f"select found.*, loads.agency from ({query}) as found left join "
                f"(select load_id, min(agency) as agency from {self._loads} group by load_id) as loads "
                "on found.load_id = loads.load_id")

    @staticmethod
    def _projection(part: str, columns: list[str], of: dict[str, str]) -> str:
        def own(name: str, kind: str) -> str:
            return f'try_cast("{name}" as {kind}) as {name}' if name in columns else f"null::{kind} as {name}"

        key = ", ".join(f'"{name}" := "{name}"::varchar' for name in columns if name not in BESIDE_KEY)
        told = {
            "feed": f"coalesce(feed::varchar, {as_text(of['feed'])})" if "feed" in columns else as_text(of["feed"]),
            "table_name": as_text(of["table"]), "check_name": as_text(of["expectation"]),
            "severity": as_text(of["severity"]), "agency": "agency::varchar",
            "row_key": f"to_json(struct_pack({key}))::varchar" if key else "'{}'", "reason": as_text(of["reason"])}
        own_columns = ", ".join(own(name, kind) for name, kind in OWN.items())
        return f"select {', '.join(f'{sql} as {name}' for name, sql in told.items())}, {own_columns} from {part}"


@contextmanager
def failing_rows(warehouse: Warehouse, scratch: Path, loads: str | None) -> Iterator[FailingRows]:
    """Gather the failing rows of one gate run; what it needed meanwhile under `scratch` is gone afterwards."""
    folder = scratch / f"failing-{uuid.uuid4().hex[:8]}"
    try:
        yield FailingRows(warehouse, folder, loads)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_text(value: object) -> str:
    """A path or a word as SQL text."""
    return "'" + str(value).replace("'", "''") + "'"
