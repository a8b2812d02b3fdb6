"""CSV that does not keep its shape: ragged lines, stray quotes, empty lines, mixed line ends.

Lines are sorted by a regular expression into those that are rows by themselves (nearly all) and the rest. Only the
rest is looked at one by one: lines that make one row together (a cell with line breaks), empty lines, and broken ones.
Lines that look like rows, but stand where a quote may be open, go to the rest too.
"""

import csv
import re
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from lumbung.contracts import Contract
from lumbung.intake.readers.csv_edges import DELIMITERS, TOLD
from lumbung.intake.readers.csv_files import LONGEST_LINE, Layout, finished, long_lines
from lumbung.intake.readers.shaping import field_names, fields, text_names
from lumbung.intake.readers.sources import Source, TextRows
from lumbung.intake.rules import literal

LINE_LIMIT = 1_000_000
MOST_INSIDE = 100                # lines that look like rows in one cell; where there are more, its quote is a stray one


@dataclass(frozen=True)
class Shape:
    """What a row looks like: `strict` holds for a line that is a row unless it stands inside a quoted cell.

    `opens` and `closes` hold for the first and the last line of a row with a line break in a quoted cell.
    """

    strict: str
    loose: re.Pattern
    opens: re.Pattern
    closes: re.Pattern


def rows(con: duckdb.DuckDBPyConnection, contract: Contract, layout: Layout, source: Source,
         scratch: Path) -> TextRows:
    """The rows of one irregular file, each physical one as a row, blank or broken."""
    shape = _shape(layout)
    whole = scratch / f"{source.name}.rows.csv"
    numbers, rest = _sort_lines(source.path, layout, shape, whole)
    if len(inside := _maybe_inside(numbers, rest, shape)):
        rest = sorted(rest + _taken_out(whole, numbers, inside))
        numbers = np.delete(numbers, inside)
    names = field_names(layout.columns)
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
        new_line = '\\n', delim = {literal(layout.delimiter)}, columns = {{{columns}}}{long_lines(layout)})"""
    mapped = fields(contract, layout.columns, layout.delimiter)
    texts = ", ".join(text_names(contract, layout.columns))
    target = scratch / f"{source.name}.rows.parquet"
    con.execute(f"""copy (
        select 0::int as src, line, line_code, {texts} from (
            select line_no, {mapped} from repair_at positional join {scan}
            union all
            select line_no, coalesce(o.line, m.line), coalesce(o.line_code, m.line_code), {texts}
            from repair_rest o, lateral (select {mapped}) m
        ) order by line_no) to {literal(str(target))} (format parquet)""")
    con.unregister("repair_rest")
    con.unregister("repair_at")
    return finished(contract, layout, TextRows(f"(select * from read_parquet({literal(str(target))}))", (source,)))


def _shape(layout: Layout) -> Shape:
    d = re.escape(layout.delimiter)
    quoted, more = '"[^"]*(?:""[^"]*)*"', len(layout.columns) - 1
    strict = f'(?:{quoted}|[^"{d}]*)'
    loose = f'(?:{quoted}|[^"{d}][^{d}]*|)'
    return Shape(f"^{strict}(?:{d}{strict}){{{more}}}$", re.compile(f"{loose}(?:{d}{loose}){{{more}}}"),
                 re.compile(f'(?:{loose}{d})*"[^"]*(?:""[^"]*)*'),
                 re.compile(f'[^"]*(?:""[^"]*)*"(?:{d}{loose})*'))


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
                           pc.less_equal(pc.binary_length(lines), LONGEST_LINE))
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


def _maybe_inside(numbers: np.ndarray, rest: list[tuple[int, str]], shape: Shape) -> np.ndarray:
    """Which of the lines that look like rows stand between a quote that opens a cell and one that may close it.

    They are few; if these quotes do not make one row, the lines are read as the rows they look like.
    """
    inside = [np.array([], np.int64)]
    closing = None                       # the next line after this one with an odd number of quotes closes a cell
    for at, line in reversed(rest):
        if closing is not None and '"' in line and len(line) < LINE_LIMIT and shape.opens.fullmatch(line):
            first, last = np.searchsorted(numbers, (at, closing))
            if 0 < last - first <= MOST_INSIDE:
                inside.append(np.arange(first, last))
        if line.count('"') % 2:
            closing = at if len(line) >= LINE_LIMIT or shape.closes.fullmatch(line) else None
    return np.unique(np.concatenate(inside))


def _taken_out(whole: Path, numbers: np.ndarray, inside: np.ndarray) -> list[tuple[int, str]]:
    """Take these lines out of the file of rows. Returns them with their line numbers."""
    wanted = dict(zip(inside.tolist(), numbers[inside].tolist(), strict=True))
    found, kept = [], whole.with_suffix(".kept")
    with whole.open("rb") as file, kept.open("wb") as copy:
        for place, line in enumerate(file):
            if place in wanted:
                found.append((wanted[place], line.removesuffix(b"\n").decode()))
            else:
                copy.write(line)
    kept.replace(whole)
    return found


def _others(rest: list[tuple[int, str]], shape: Shape, layout: Layout) -> list[tuple]:
    """(line number, line, line code, fields) of the rows among the other lines."""
    found, i, too_long = [], 0, dict(layout.too_long)
    while i < len(rest):
        at, line = rest[i]
        if at in too_long:
            found.append((at, too_long[at], "cell_too_long", None))
        elif not line.strip():
            found.append((at, "", "blank", None))
        elif (joined := _joined(rest, i, shape))[0]:
            taken, text = joined
            found.append((at, line[:TOLD], "cell_too_long", None) if text is None
                         else (at, None, None, _split(text, layout.delimiter)))
            i += taken
            continue
        elif len(line) < LINE_LIMIT and shape.loose.fullmatch(line):
            found.append((at, None, None, _split(line, layout.delimiter)))
        elif delimiter := _other_delimiter(line, layout):
            found.append((at, None, None, _split(line, delimiter)))
        else:
            found.append((at, line, "row_shape", None))
        i += 1
    return found


def _joined(rest: list[tuple[int, str]], i: int, shape: Shape) -> tuple[int, str | None]:
    """How many lines from `i` on make one row together, and its text; (0, None) if none do.

    The text is None where a cell is too long: then it is only known that its quotes open and close.
    """
    at, line = rest[i]
    if len(line) >= LINE_LIMIT or not shape.opens.fullmatch(line):
        return 0, None
    taken, length = 1, len(line)
    while True:
        if i + taken >= len(rest) or rest[i + taken][0] != at + taken:
            return 0, None
        line = rest[i + taken][1]
        taken, length = taken + 1, length + len(line) + 1
        if line.count('"') % 2:
            break
    if length > LONGEST_LINE:
        return taken, None
    text = "\n".join(line for _, line in rest[i:i + taken])
    return (taken, text) if shape.loose.fullmatch(text) else (0, None)


def _other_delimiter(line: str, layout: Layout) -> str:
    """The delimiter of a line pasted from another file: it alone gives as many fields as the header has, or ""."""
    if len(layout.columns) < 3 or layout.delimiter in line or len(line) >= LINE_LIMIT:
        return ""
    fitting = [d for d in DELIMITERS if line.count(d) >= len(layout.columns) - 1
               and _shape(replace(layout, delimiter=d)).loose.fullmatch(line)]
    return fitting[0] if len(fitting) == 1 else ""


def _split(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text], delimiter=delimiter))
