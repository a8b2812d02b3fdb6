"""Cells that the short way can't read: each distinct text goes once through a function of `values` and back by a join.

Works on the typed rows of state 1 only. A file in order never comes here, and a file of a million rows in which ten
texts are odd costs ten calls.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.contracts import Column, Contract
from lumbung.intake import rules
from lumbung.intake.origins import Origin
from lumbung.intake.readers import kinds
from lumbung.intake.readers.sources import Unreadable
from lumbung.intake.reading import CODEC, Part
from lumbung.intake.rules import literal
from lumbung.intake.values.cells import tidy
from lumbung.intake.values.normalising import NUMBER_STYLES, PARTS, READERS, Around, read_cell
from lumbung.intake.values.reading import Reading, refuse

READ = pa.struct([(name, pa.string()) for name in ("value", "reason", *PARTS)])
EITHER = r"^[+(-]?[1-9][0-9]{0,2}\.[0-9]{3}\)?$"


def mend(con: duckdb.DuckDBPyConnection, contract: Contract, parts: list[Part], origins: dict[str, Origin]) -> None:
    """Type the odd cells of these parts, and write the parts again with the rows that are in order now.

    `origins` are the files that the rows of each load first came in.
    Leaves a table `odd_<column>` for each column that had any; `looked_up` joins them.
    """
    for part in parts:
        places = _places(con, part)
        if not len(places):
            continue
        _fetch(con, contract, part, places)
        mixed = _read_all(con, contract, part, origins)
        if mixed and (more := _either_way(con, contract, part, mixed)) is not None:
            _fetch(con, contract, part, more)
            _read_all(con, contract, part, origins, mixed)
        if columns(con):
            _retype(con, contract, part)
        con.execute("drop table odd_rows")


def columns(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The columns that have odd cells read."""
    return frozenset(name.removeprefix("odd_of_") for name, in con.execute(
        "select table_name from duckdb_tables() where starts_with(table_name, 'odd_of_')").fetchall())


def typed(con: duckdb.DuckDBPyConnection, contract: Contract, source: str) -> str:
    """SQL as `rules.typed` gives, of text rows with `load_id`, with the odd cells looked up."""
    found = columns(con)

    def looked_up(sql: str) -> str:
        joins = "".join(f" left join odd_of_{c.name} as {c.name}_ on {c.name}_.load_id = x.load_id "
                        f"and {c.name}_.text = {rules.raw(c)} and {c.name}_.context = {_context(c)}"
                        for c in contract.columns if c.name in found)
        gained = "".join(f", {c.name}_.reading as o_{c.name}" for c in contract.columns if c.name in found)
        return f"(select x.*{gained} from {sql} x{joins})"

    return rules.typed(contract, source, odd=found, looked_up=looked_up)


def _places(con: duckdb.DuckDBPyConnection, part: Part) -> pa.Array:
    return con.sql(f"""select file_row_number as ordinal from read_parquet({literal(str(part.path))})
                       where state = 1 and line is null order by 1""").to_arrow_table()["ordinal"]


def _fetch(con: duckdb.DuckDBPyConnection, contract: Contract, part: Part, places: pa.Array) -> None:
    """Make the table `odd_rows`, or add to it: ordinal, load_id and text of the rows at these places."""
    loads = "[" + ", ".join(literal(source.load_id) for source in part.text.sources) + "]"
    con.register("places", pa.table({"ordinal": places}))
    if part.text.pick:
        rows = f"places positional join {part.text.pick(places.to_numpy())}"
    else:
        rows = f"(select *, row_number() over () - 1 as ordinal from {part.text.sql}) semi join places using (ordinal)"
    texts = ", ".join(f"r_{c.name}" for c in contract.columns)
    sql = (f"select ordinal, {loads}[t.src + 1] as load_id, null::varchar as line, null::varchar as line_code, {texts} "
           f"from (select ordinal, {texts} from {rows}) join (select src, file_row_number as ordinal "
           f"from read_parquet({literal(str(part.path))})) t using (ordinal)")
    there = con.execute("select count(*) from duckdb_tables() where table_name = 'odd_rows'").fetchall()[0][0]
    con.execute(f"insert into odd_rows {sql}" if there else f"create temp table odd_rows as {sql}")
    con.unregister("places")


def _read_all(con: duckdb.DuckDBPyConnection, contract: Contract, part: Part, origins: dict[str, Origin],
              mixed: frozenset[tuple[str, str]] = frozenset()) -> frozenset[tuple[str, str]]:
    """Read the distinct odd cells of each column. Returns (load, column) of number columns written both ways."""
    files = _around(part, origins)
    found_mixed = set()
    for c in contract.columns:
        if c.normaliser not in READERS:
            continue
        both = [load_id for load_id, column in mixed if column == c.name]
        if mixed and not both:
            continue
        alone = replace(contract, columns=(c,))          # planning the rules of all columns takes longer than reading
        either = f"list_contains({both}, load_id) and regexp_matches(t_{c.name}, '{EITHER}')" if both else "false"
        cells = con.execute(f"""
            select distinct load_id, {rules.raw(c)}, {_context(c)} from {rules.tidied(alone, "odd_rows")}
            where t_{c.name} is not null and ({rules.value(c)} is null or {either}) order by all""").fetchall()
        if not cells:
            continue
        placed = frozenset(x.part for x in contract.columns if x.made_from == c.name and x.part)
        read = []
        for load_id, text, context in cells:
            around = replace(files[load_id], context=context, rupiah=c.name.endswith("_idr"),
                             mixed=load_id in both, region_list=c.region_list)
            reading = read_cell(c.normaliser, text, around, placed)
            read.append(refuse("too_many_decimals", reading.style) if _is_too_fine(contract, c, reading) else reading)
        if c.normaliser in NUMBER_STYLES and not mixed:
            found_mixed |= {(load_id, c.name) for load_id in _mixed_files(c, cells, read)}
        _keep(con, c, cells, read)
    return frozenset(found_mixed)


def _is_too_fine(contract: Contract, c: Column, reading: Reading) -> bool:
    """Whether a number, or an end of a range, has more decimals than its column holds."""
    told = [(c, reading.value), *((x, reading.parts.get(x.part)) for x in contract.columns if x.made_from == c.name)]
    return any(isinstance(number, Decimal) and len(_plain(number).partition(".")[2].rstrip("0")) > rules.places(x)
               for x, number in told)


def _mixed_files(c: Column, cells: list[tuple], read: list[Reading]) -> set[str]:
    """The loads whose cells of a column are written another way than the column is declared to be."""
    other = {"en": "id", "id": "en"}[NUMBER_STYLES[c.normaliser]]
    return {cell[0] for cell, reading in zip(cells, read, strict=True) if reading.style == other}


def _either_way(con: duckdb.DuckDBPyConnection, contract: Contract, part: Part,
                mixed: frozenset[tuple[str, str]]) -> pa.Array | None:
    """Places of rows that were in order, but hold a number that means two things in a file that mixes."""
    # A workbook has a source for each sheet, an archive one for each member.
    index = {load_id: [i for i, source in enumerate(part.text.sources) if source.load_id == load_id]
             for load_id, _ in mixed}
    names = {c.name: c for c in contract.columns}
    any_of = " or ".join(
        f"(list_contains({index[load_id]}, src) and regexp_matches(trim({rules.raw(names[column])}), '{EITHER}'))"
        for load_id, column in sorted(mixed))
    return con.sql(f"""select ordinal from (select *, row_number() over () - 1 as ordinal from {part.text.sql})
                       anti join odd_rows using (ordinal) where line is null and ({any_of})
                       order by 1""").to_arrow_table()["ordinal"]


def _around(part: Part, origins: dict[str, Origin]) -> dict[str, Around]:
    """What the file of each load says of its cells. In an archive, day numbers need all to be sheets."""
    found = {}
    for source in part.text.sources:
        origin = origins.get(source.load_id, Origin())
        serials = _is_sheet(origin.path or source.path)
        before = found.get(source.load_id)
        found[source.load_id] = Around(period=origin.file_name, serials=serials and (before is None or before.serials))
    return found


def _is_sheet(path: Path) -> bool:
    try:
        return kinds.kind_of(path) in kinds.SHEETS
    except (OSError, Unreadable):        # nothing is left of an erased file
        return False


def _keep(con: duckdb.DuckDBPyConnection, c: Column, cells: list[tuple], read: list[Reading]) -> None:
    """Make or fill the table `odd_of_<column>`; the newest reading of a text counts."""
    table = f"odd_of_{c.name}"
    con.register("readings", pa.table({
        **{name: pa.array([cell[i] for cell in cells], pa.string())
           for i, name in enumerate(("load_id", "text", "context"))},
        "reading": pa.array([_row(cell[1], reading) for cell, reading in zip(cells, read, strict=True)], READ)}))
    con.execute(f"create temp table if not exists {table} as from readings limit 0")
    con.execute(f"delete from {table} using readings r where {table}.load_id = r.load_id and {table}.text = r.text "
                f"and {table}.context = r.context")
    con.execute(f"insert into {table} from readings")
    con.unregister("readings")


def _row(text: str, reading: Reading) -> dict[str, str | None]:
    said = reading.value is not None or bool(reading.parts)
    return {"value": _plain(reading.value), "reason": reading.reason, "stated": tidy(text) if said else None,
            **{name: _plain(value) for name, value in reading.parts.items()}}


def _plain(value) -> str | None:
    return None if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _context(c: Column) -> str:
    """SQL of what the row says around a cell."""
    cells = ", ".join(f"coalesce(r_{name}, '')" for name in c.context)
    return f"concat_ws('|', {cells})" if cells else "''"


def _retype(con: duckdb.DuckDBPyConnection, contract: Contract, part: Part) -> None:
    """Write a part again, in its order, with the rows of `odd_rows` as they read now."""
    values = ", ".join(f"v_{c.name}" for c in contract.columns)
    con.execute(f"create temp table mended as select ordinal, state, {values} "
                f"from {typed(con, contract, 'odd_rows')}")
    if not _tells_news(con, contract, part):
        con.execute("drop table mended")
        return
    changed = ", ".join([
        "coalesce(m.state, p.state) as state",
        *(f"case when m.ordinal is not null then m.v_{c.name} else p.{c.name} end as {c.name}"
          for c in contract.columns)])
    aside = part.path.with_suffix(".mended")
    con.execute(f"""copy (
        select p.* exclude (ordinal) replace ({changed})
        from (select *, file_row_number as ordinal from read_parquet({literal(str(part.path))})) p
        left join mended m using (ordinal) order by p.ordinal)
        to {literal(str(aside))} (format parquet, compression {CODEC})""")
    con.execute("drop table mended")
    aside.replace(part.path)


def _tells_news(con: duckdb.DuckDBPyConnection, contract: Contract, part: Part) -> bool:
    """Whether a row of `mended` reads otherwise than in the part: another state, or for a broken row another key."""
    key = " or ".join(f"m.v_{name} is distinct from p.{name}" for name in contract.document_key)
    return con.execute(f"""select count(*) from mended m join (
        select *, file_row_number as ordinal from read_parquet({literal(str(part.path))})) p using (ordinal)
        where m.state <> p.state or m.state <> 1 or {key}""").fetchall()[0][0] > 0
