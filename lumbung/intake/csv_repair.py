"""CSV that does not keep its shape: ragged lines, stray quotes, empty lines, mixed line ends.

Lines are sorted by a regular expression into those that are rows by themselves (nearly all) and the rest. Only the
rest is looked at one by one: lines that make one row together (a cell with line breaks), empty lines, and broken ones.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from lumbung.contracts import Contract
from lumbung.intake.csv_files import Layout, field_names, fields
from lumbung.intake.rules import literal
from lumbung.intake.sources import Source, TextRows

LINES_A_CELL = 100
LINE_LIMIT = 1_000_000


@dataclass(frozen=True)
class Shape:
    """What a row looks like: `strict` holds for a line that is a row whatever stands around it."""

    strict: str
    loose: re.Pattern
    opens: re.Pattern


def rows(con: duckdb.DuckDBPyConnection, contract: Contract, layout: Layout, source: Source,
         scratch: Path) -> TextRows:
    """The rows of one irregular file, each physical one as a row, blank or broken."""
    shape = _shape(layout)
    whole = scratch / f"{source.load_id}.rows.csv"
    numbers, rest = _sort_lines(source.path, layout, shape, whole)
    names = field_names(layout)
    others = _others(rest, shape, layout)
    table = pa.table({
        "line_no": pa.array([o[0] for o in others], pa.int64()),
        "line": pa.array([o[1] for o in others], pa.string()),
        "line_code": pa.array([o[2] for o in others], pa.string()),
        **{name: pa.array([o[3][i] if o[3] else None for o in others], pa.string())
           for i, name in enumerate(names)}})
    con.register("repair_rest", table)
    con.register("repair_at", pa.table({"line_no": numbers}))
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    scan = f"""read_csv({literal(str(whole))}, auto_detect = false, header = false, quote = '"', escape = '"',
        new_line = '\\n', delim = {literal(layout.delimiter)}, columns = {{{columns}}})"""
    mapped = fields(contract, layout)
    texts = ", ".join(f"r_{c.name}" for c in contract.columns)
    target = scratch / f"{source.load_id}.rows.parquet"
    con.execute(f"""copy (
        select 0::int as src, line, line_code, {texts} from (
            select line_no, {mapped} from repair_at positional join {scan}
            union all
            select line_no, coalesce(o.line, m.line), coalesce(o.line_code, m.line_code), {texts}
            from repair_rest o, lateral (select {mapped}) m
        ) order by line_no) to {literal(str(target))} (format parquet)""")
    con.unregister("repair_rest")
    con.unregister("repair_at")
    return TextRows(f"(select * from read_parquet({literal(str(target))}))", (source,))


def _shape(layout: Layout) -> Shape:
    d = re.escape(layout.delimiter)
    quoted, more = '"(?:[^"]|"")*"', len(layout.columns) - 1
    strict = f'(?:{quoted}|[^"{d}]*)'
    loose = f'(?:{quoted}|[^"{d}][^{d}]*|)'
    return Shape(f"^{strict}(?:{d}{strict}){{{more}}}$", re.compile(f"{loose}(?:{d}{loose}){{{more}}}"),
                 re.compile(f'(?:{loose}{d})*"(?:[^"]|"")*'))


def _sort_lines(path: Path, layout: Layout, shape: Shape, whole: Path) -> tuple[np.ndarray, list[tuple[int, str]]]:
    """Write the lines that are rows to `whole`. Returns their line numbers, and the other lines with theirs."""
    reader = arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(use_threads=False, column_names=["line"], block_size=16 << 20,
                                           skip_rows=layout.header_lines),
        parse_options=arrow_csv.ParseOptions(delimiter="\x01", quote_char=False, double_quote=False,
                                             newlines_in_values=False, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(column_types={"line": pa.string()}, strings_can_be_null=False))
    numbers, rest, at = [], [], 0
    with whole.open("wb") as file:
        for batch in reader:
            lines = batch.column("line")
            good = pc.and_(pc.match_substring_regex(lines, shape.strict),
                           pc.less(pc.binary_length(lines), LINE_LIMIT))
            kept = lines.filter(good)
            if len(kept):
                joined = pc.binary_join(pa.ListArray.from_arrays([0, len(kept)], kept), "\n")[0]
                file.write(joined.as_buffer())
                file.write(b"\n")
            mask = good.to_numpy(zero_copy_only=False)
            numbers.append(np.flatnonzero(mask) + at)
            rest += zip((np.flatnonzero(~mask) + at).tolist(), lines.filter(pc.invert(good)).to_pylist(), strict=True)
            at += len(lines)
    return np.concatenate(numbers) if numbers else np.array([], np.int64), rest


def _others(rest: list[tuple[int, str]], shape: Shape, layout: Layout) -> list[tuple]:
    """(line number, line, line code, fields) of the rows among the other lines."""
    found, i = [], 0
    while i < len(rest):
        at, line = rest[i]
        if not line.strip():
            found.append((at, "", "blank", None))
        elif taken := _joined(rest, i, shape):
            text = "\n".join(line for _, line in rest[i:i + taken])
            found.append((at, None, None, _split(text, layout)))
            i += taken
            continue
        elif len(line) < LINE_LIMIT and shape.loose.fullmatch(line):
            found.append((at, None, None, _split(line, layout)))
        else:
            found.append((at, line, "row_shape", None))
        i += 1
    return found


def _joined(rest: list[tuple[int, str]], i: int, shape: Shape) -> int:
    """How many lines from `i` on make one row together, 0 if none do."""
    at, text = rest[i]
    if len(text) >= LINE_LIMIT or not shape.opens.fullmatch(text):
        return 0
    for taken in range(2, LINES_A_CELL + 1):
        if i + taken > len(rest) or rest[i + taken - 1][0] != at + taken - 1:
            return 0
        text += "\n" + rest[i + taken - 1][1]
        if shape.loose.fullmatch(text):
            return taken
        if not shape.opens.fullmatch(text):
            return 0
    return 0


def _split(text: str, layout: Layout) -> list[str]:
    return next(csv.reader([text], delimiter=layout.delimiter))
