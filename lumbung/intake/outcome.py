"""What typing leaves behind: raw Parquet, quarantine Parquet, profile, and the counts of each load."""

from collections import Counter
from collections.abc import Collection, Mapping
from types import MappingProxyType

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from lumbung.contracts import Contract
from lumbung.intake import odd, pieces, pseudonyms, rules
from lumbung.intake.landing import Landed
from lumbung.intake.reading import Part
from lumbung.intake.rules import literal
from lumbung.intake.typed_batch import TypedBatch
from lumbung.lake.durable import written_aside

# Five million declaration items, rewritten on two cores: snappy 14.6 s of processor time, lz4 15.1, zstd 17.3; read
# again snappy and lz4 take two thirds of zstd.
CODEC = "snappy"
TEXT_LIMIT = 10_000


def write(con: duckdb.DuckDBPyConnection, contract: Contract, parts: list[Part], landed: dict[str, Landed],
          batch: TypedBatch, physical: Mapping[str, tuple] = MappingProxyType({}),
          incomplete: Collection[tuple[str, str, int]] = (),
          ) -> dict[str, tuple[int, int, int, int]]:
    """Write the three Parquet files of a batch. `physical` is what `counting.physical_rows` found, `incomplete`
    names rows (load id, sheet, row number) of whose documents others, of earlier loads, are still in quarantine.

    Returns load id -> rows read, skipped, accepted, quarantined; accepted and quarantined are counted in the files.
    """
    _rows(con, contract, parts, landed)
    con.execute(f"""create temp table broken as
        select part, ordinal, load_id, sheet, row_number, line, line_code, {_document(contract)} as document_key,
               {", ".join(contract.document_key)} from rows where state = 1""")
    con.register("incomplete", pa.table(
        [pa.array(values, kind) for values, kind in zip(
            zip(*sorted(incomplete), strict=True) if incomplete else ([], [], []),
            (pa.string(), pa.string(), pa.int64()), strict=True)], names=["load_id", "sheet", "row_number"]))
    con.execute(f"""create temp table siblings as
        select part, ordinal, load_id, sheet, row_number, {_document(contract)} as document_key,
               'document_incomplete' as code from rows r
        semi join (select distinct load_id, {", ".join(contract.document_key)} from broken
                   where line is null and {contract.document_key[0]} is not null) d
        on r.load_id = d.load_id and {" and ".join(
            f"r.{k} is not distinct from d.{k}" for k in contract.document_key)}
        where r.state = 0
        union
        select part, ordinal, load_id, sheet, row_number, {_document(contract)}, 'document_incomplete'
        from rows semi join incomplete using (load_id, sheet, row_number) where state = 0""")
    if any(part.text.numbered for part in parts):
        pieces.fail_whole(con, contract)
    _write_raw(con, contract, landed, batch)
    _write_quarantine(con, contract, parts, batch)
    counts = _counts(con, parts, batch)
    _write_profile(con, contract, counts, physical, batch)
    return counts


def _rows(con: duckdb.DuckDBPyConnection, contract: Contract, parts: list[Part], landed: dict[str, Landed]) -> None:
    """Make the view `rows`: all typed rows with load, sheet and row number; `ordinal` is the place in the part."""
    names = [c.name for c in contract.columns]
    con.register("loads", pa.table({
        "load_id": list(landed), "agency": [x.agency for x in landed.values()],
        "file_name": [x.file_name for x in landed.values()], "sha256": [x.sha256 for x in landed.values()]},
        schema=pa.schema([(n, pa.string()) for n in ("load_id", "agency", "file_name", "sha256")])))
    selects = []
    for number, part in enumerate(parts):
        scan = f"(select *, file_row_number as ordinal from read_parquet({literal(str(part.path))}))"
        piece = "piece" if part.text.numbered else "0"
        sheets = part.text.sheets or ("",) * len(part.text.sources)
        if part.text.positions is not None:
            con.register(f"positions_{number}", part.text.positions.append_column(
                "ordinal", pa.array(range(len(part.text.positions)), pa.int64())))
            where = f"{literal(part.text.sources[0].load_id)} as load_id, sheet, positions_{number}.row_number"
            source = f"{scan} join positions_{number} using (ordinal)"
        elif len(part.text.sources) == 1:
            row_number = "coalesce(row_no, ordinal + 1)" if part.text.numbered else "ordinal + 1"
            where = f"{literal(part.text.sources[0].load_id)} as load_id, {literal(sheets[0])} as sheet, {row_number}"
            source = scan
        else:
            first = dict(con.execute(f"select src, min(ordinal) from {scan} group by src").fetchall())
            con.register(f"sources_{number}", pa.table({
                "src": pa.array(range(len(sheets)), pa.int32()), "sheet": pa.array(sheets, pa.string()),
                "load_id": pa.array([s.load_id for s in part.text.sources], pa.string()),
                "first": pa.array([first.get(i, 0) for i in range(len(sheets))], pa.int64())}))
            row_number = "coalesce(row_no, ordinal - first + 1)" if part.text.numbered else "ordinal - first + 1"
            where = f"load_id, sheet, {row_number}"
            source = f"{scan} join sources_{number} using (src)"
        selects.append(f"select {number} as part, ordinal, state, line, line_code, {', '.join(names)}, "
                       f"{where} as row_number, {piece} as piece from {source}")
    if not selects:
        nothing = ", ".join(f"null::{c.duckdb_type} as {c.name}" for c in contract.columns)
        selects.append(f"select 0 as part, 0::bigint as ordinal, 0 as state, ''::varchar as line, '' as line_code, "
                       f"{nothing}, '' as load_id, '' as sheet, 0::bigint as row_number, 0 as piece where false")
    con.execute("create temp view rows as " + " union all ".join(selects))


def _document(contract: Contract) -> str:
    return "concat_ws('|', " + ", ".join(f"coalesce({k}::varchar, '')" for k in contract.document_key) + ")"


def _write_raw(con: duckdb.DuckDBPyConnection, contract: Contract, landed: dict[str, Landed],
               batch: TypedBatch) -> None:
    accepted = "(select * from rows where state = 0)"
    if con.execute("select count(*) from siblings").fetchall()[0][0]:
        accepted = f"(select * from {accepted} r anti join siblings s using (part, ordinal))"
    keys = pseudonyms.make(con, contract, "(select * from rows where state = 0)")
    joins = " ".join(f"left join keys_{key} on keys_{key}.text = {pseudonyms.text_sql(contract.pseudonyms[key])}"
                     for key in keys)
    columns = [*(f"r.{c.name}" for c in contract.columns), *(f"keys_{key}.party_key as {key}" for key in keys),
               "r.load_id", "r.sheet", "r.row_number", "r.piece"]
    # DuckDB keeps no order through a join, so the rows of a big file come in that of the threads, told apart by their
    # row number. Sorting five million of them takes 2.5 s of processor time; those of many small files cost nothing.
    order = "order by r.load_id, r.sheet, r.row_number, r.piece" if len(landed) > 1 else ""
    with written_aside(batch.raw_path) as aside:
        con.execute(f"copy (select {', '.join(columns)} from {accepted} r {joins} {order}) "
                    f"to {literal(str(aside))} (format parquet, compression {CODEC})")


def _write_quarantine(con: duckdb.DuckDBPyConnection, contract: Contract, parts: list[Part],
                      batch: TypedBatch) -> None:
    names = [c.name for c in contract.columns]
    _tell(con, contract, parts)
    odd_columns = odd.columns(con)
    faults = ", ".join(
        f"{{'place': {i}, 'column_name': {literal(c.name)}, 'raw_value': r_{c.name}, 'reason_code': "
        f"{rules.reason_code(c, odd_columns)}}}" for i, c in enumerate(contract.columns))
    row = "to_json({" + ", ".join(f"{literal(n)}: r_{n}" for n in names) + "})::varchar"
    read = "(select * from broken join told using (part, ordinal) where line is null)"
    con.execute(f"""create temp table quarantined as
        select load_id, sheet, row_number, document_key, f.place, f.column_name, f.raw_value, f.reason_code, raw_row
        from (
            select load_id, sheet, row_number, document_key, {row} as raw_row, unnest(list_filter(
                [{faults}], lambda f: f.reason_code is not null)) as f
            from {odd.typed(con, contract, read)})
        union all
        select load_id, sheet, row_number, '', 0, '', left(line, {TEXT_LIMIT}), line_code,
               to_json({{'line': left(line, {TEXT_LIMIT})}})::varchar from broken where line is not null
        union all
        select load_id, sheet, row_number, document_key, 0, '', '', code, {row}
        from siblings join told using (part, ordinal)""")
    with written_aside(batch.quarantine_path) as aside:
        con.execute(f"""copy (
            select q.load_id, {literal(batch.feed)} as feed, l.agency, l.file_name, l.sha256, q.sheet, q.row_number,
                   q.document_key, q.column_name, q.raw_value, q.reason_code, q.raw_row
            from quarantined q join loads l using (load_id)
            order by q.load_id, q.sheet, q.row_number, q.place, q.reason_code)
            to {literal(str(aside))} (format parquet, compression {CODEC})""")


def _tell(con: duckdb.DuckDBPyConnection, contract: Contract, parts: list[Part]) -> None:
    """Make the table `told`: the text of every row that goes to quarantine, by part and ordinal."""
    columns = ", ".join(f"r_{c.name}" for c in contract.columns)
    con.execute("create temp table told (part int, ordinal bigint, " + ", ".join(
        f"r_{c.name} varchar" for c in contract.columns) + ")")
    wanted = con.sql("""select part, ordinal from broken where line is null
                        union all select part, ordinal from siblings order by part, ordinal""").to_arrow_table()
    for number, part in enumerate(parts):
        places = wanted.filter(pc.equal(wanted["part"], number))["ordinal"]
        if not len(places):
            continue
        con.register("places", pa.table({"ordinal": places}))
        if part.text.pick:
            picked = f"places positional join {part.text.pick(places.to_numpy())}"
        else:
            picked = (f"(select *, row_number() over () - 1 as ordinal from {part.text.sql}) "
                      "semi join places using (ordinal)")
        con.execute(f"insert into told select {number}, ordinal, {columns} from {picked}")
        con.unregister("places")


def _counts(con: duckdb.DuckDBPyConnection, parts: list[Part],
            batch: TypedBatch) -> dict[str, tuple[int, int, int, int]]:
    raw, bad = literal(str(batch.raw_path)), literal(str(batch.quarantine_path))
    # Of a wide table a source row counts once, however many rows were made of it.
    accepted = "count(distinct (sheet, row_number))" if any(part.text.numbered for part in parts) else "count(*)"
    in_tables = {load_id: tuple(counts) for load_id, *counts in con.execute(f"""
        select load_id, read, skipped, coalesce(accepted, 0), coalesce(quarantined, 0)
        from (select load_id, count(*) filter (piece = 0) as read,
                     count(*) filter (state = 2 and piece = 0) as skipped from rows group by 1)
        left join (select load_id, {accepted} as accepted from read_parquet({raw}) group by 1) using (load_id)
        left join (select load_id, count(distinct (sheet, row_number)) as quarantined from read_parquet({bad})
                   group by 1) using (load_id)""").fetchall()}
    around: Counter[str] = Counter()
    for part in parts:
        for source, rows in zip(part.text.sources, part.text.around, strict=False):
            around[source.load_id] += rows
    return {load_id: (read + around[load_id], skipped + around[load_id], *rest)
            for load_id, (read, skipped, *rest) in (dict.fromkeys(around, (0, 0, 0, 0)) | in_tables).items()}


def _write_profile(con: duckdb.DuckDBPyConnection, contract: Contract, counts: dict[str, tuple[int, int, int, int]],
                   physical: Mapping[str, tuple], batch: TypedBatch) -> None:
    ids = sorted(counts)
    con.register("counted", pa.table({
        "load_id": pa.array(ids, pa.string()),
        **{name: pa.array([counts[i][n] for i in ids], pa.int64())
           for n, name in enumerate(("rows_read", "rows_skipped", "rows_accepted", "rows_quarantined"))},
        **{name: pa.array([physical.get(i, (None, None))[n] for i in ids], pa.int64())
           for n, name in enumerate(("physical_rows", "header_rows"))}}))
    key = ", ".join(dict.fromkeys((*contract.key, *contract.document_key)))
    with written_aside(batch.profile_path) as aside:
        con.execute(f"""copy (
            select load_id, {literal(batch.feed)} as feed, agency, file_name, rows_read, rows_skipped, rows_accepted,
                   rows_quarantined,
                   coalesce(round(100.0 * rows_quarantined / nullif(rows_read - rows_skipped, 0), 4), 0)::double
                       as reject_pct,
                   coalesce(duplicates, 0) as duplicate_key_rows, physical_rows, header_rows
            from counted join loads using (load_id)
            left join (select load_id, count(*) - count(distinct hash({key})) as duplicates
                       from read_parquet({literal(str(batch.raw_path))}) group by 1) using (load_id)
            order by load_id) to {literal(str(aside))} (format parquet)""")
