"""Reading a batch: each file by its real content, files of one kind by one statement, broken ones by themselves."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lumbung.contracts import Contract
from lumbung.intake import constants, reasons, rules
from lumbung.intake.readers import archives, csv_files, csv_repair, json_files, kinds, sheets
from lumbung.intake.readers.csv_files import Layout
from lumbung.intake.readers.sources import Source, TextRows, Unreadable, as_utf8, is_utf8
from lumbung.intake.rules import literal

# What DuckDB says of a broken file. A full disk or a fault of ours is no fault of the file.
BROKEN_FILE = (duckdb.InvalidInputException, duckdb.DataError)
LINE = re.compile(r"\bline:? (\d+)", re.IGNORECASE)
CODEC = "snappy"
BIG = 32 << 20
MEMORY_LIMIT = "2GB"
# A file of 200 MB is to be read in a process of less than 1 GB; what DuckDB can't hold it spills to scratch.
SORT_MEMORY = "500MB"


@dataclass(frozen=True)
class Part:
    """Typed rows of some loads in a scratch Parquet: `src`, `state`, `line`, `line_code` and the contract's columns.

    `text` gives all rows as text, in the same order.
    """

    path: Path
    text: TextRows


class Reader:
    """Reads the loads of one batch. `unreadable` is load id -> (reason code, reason)."""

    def __init__(self, con: duckdb.DuckDBPyConnection, contract: Contract, scratch: Path):
        self.con, self.contract, self.scratch = con, contract, scratch
        self.unreadable: dict[str, tuple[str, str]] = {}
        self.incomplete: set[tuple[str, str, int]] = set()
        self.parts: list[Part] = []
        self.staged: list[tuple[Path, TextRows]] = []
        self.json_sources: list[Source] = []
        self.originals: list[tuple[Source, str]] = []
        self.layouts: dict[Layout | str, list[tuple[Source, Layout, int]]] = defaultdict(list)

    def read(self, sources: list[Source]) -> list[Part]:
        """Type everything that can be read; give the parts.

        A big CSV is typed straight from its text. Small files are brought to text of one form first and typed
        together, since a statement costs more than a small file.
        """
        for source in sources:
            try:
                kind = kinds.kind_of(source.path)
                if kind in kinds.ARCHIVES:
                    for member in archives.members(source, kind, self.scratch):
                        self._sort_member(member)
                else:
                    self._sort(source, self._kind(source))
            except Unreadable as e:
                self._refuse(source, e)
        for files in self.layouts.values():
            self._csv(files)
        if self.json_sources:
            self._json(self.json_sources)
        self._type_staged()
        return self.parts

    def _sort_member(self, member: Source) -> None:
        try:
            self._sort(member, self._kind(member))
        except Unreadable as e:
            self._refuse(member, e)

    def _sort(self, source: Source, kind: str) -> None:
        """Read a workbook at once; put the other kinds with those that one statement reads."""
        contract = self.contract.for_agency(source.agency)
        self.originals.append((source, kind))
        if kind == "json":
            self.json_sources.append(source)
        elif kind in kinds.SHEETS:
            for text in sheets.rows(contract, source, kind, self.scratch):
                self._stage(text)
        else:
            source, layout, lines = csv_files.look(contract, source, self.scratch)
            together = layout.together and not _is_big(source)
            self.layouts[layout if together else source.name].append((source, layout, lines))

    def _type_staged(self) -> None:
        """Type what is staged, without the members of archives of which another could not be read."""
        sources = [source for _, text in self.staged for source in text.sources]
        kept = [i for i, source in enumerate(sources) if source.load_id not in self.unreadable]
        if not kept:
            return
        # Not to be read as a list of files, nor to be numbered as it comes: DuckDB may give the rows of many small
        # row groups in another order each time.
        whole = literal(str(self._one_after_the_other(pa.array(kept, pa.int32()))))
        sql = f"(select *, file_row_number as placed from read_parquet({whole}))"

        def pick(places: np.ndarray) -> str:
            return f"(select * from {sql} semi join places on placed = places.ordinal order by placed)"

        def of_each(values: str, default) -> tuple:
            return tuple(value for _, text in self.staged
                         for value in getattr(text, values) or (default,) * len(text.sources))

        text = TextRows(sql, tuple(sources), of_each("sheets", ""), pick=pick,
                        numbered=any(text.numbered for _, text in self.staged), headers=of_each("headers", 0),
                        around=of_each("around", 0))
        with self._little_memory():
            self._type(text, "order by placed")

    def _one_after_the_other(self, kept: pa.Array) -> Path:
        """One file of all staged rows of the sources that are kept."""
        paths, whole = [path for path, _ in self.staged], self.scratch / "text.parquet"
        schema = pa.schema([field.with_nullable(True) for field in pq.read_schema(paths[0])])
        with pq.ParquetWriter(whole, schema, compression=CODEC) as writer:
            for path in paths:
                with pq.ParquetFile(path) as staged:
                    for batch in staged.iter_batches():
                        rows = pa.RecordBatch.from_arrays(batch.columns, schema=schema)
                        writer.write_batch(rows.filter(pc.is_in(rows["src"], kept)))
        return whole

    def _kind(self, source: Source) -> str:
        kind = kinds.kind_of(source.path)
        if kind in kinds.ARCHIVES:
            raise Unreadable("nested_archive", reasons.of_file("nested_archive"))
        if ("xlsx" if kind in kinds.SHEETS else kind) not in self.contract.formats:
            raise self._not_expected(kind if kind not in kinds.OURS else kind.upper())
        return kind

    def _not_expected(self, kind: str) -> Unreadable:
        expected = ", ".join(f.upper() for f in self.contract.formats)
        return Unreadable("unreadable", reasons.of_file(
            "unreadable", f"Isinya {kind}; feed {self.contract.feed} menerima {expected}."))

    def _csv(self, files: list[tuple[Source, Layout, int]]) -> None:
        layout = files[0][1]
        if layout.regular:
            text = csv_files.rows(self.contract, layout, [f[0] for f in files], [f[2] for f in files], self.scratch)
            big = len(files) == 1 and _is_big(files[0][0]) and not text.numbered and not files[0][0].member
            try:
                self._type(text) if big else self._stage(text)
                return
            except (*BROKEN_FILE, _OtherCount):
                if len(files) > 1:
                    for file in files:
                        self._csv([file])
                    return
        source = files[0][0]
        try:
            if not is_utf8(source.path):
                source = source.at(as_utf8(source.path, "utf-8", self.scratch / f"{source.name}.again.utf8"))
            self._stage(csv_repair.rows(self.con, self.contract, layout, source, self.scratch))
        except (*BROKEN_FILE, pa.ArrowInvalid, UnicodeError) as e:
            self._give_up(source, e)

    def _json(self, sources: list[Source]) -> None:
        try:
            with self._little_memory():
                self._stage(json_files.rows(self.con, self.contract, sources, self.scratch))
        except (*BROKEN_FILE, UnicodeError) as e:
            if len(sources) == 1:
                self._give_up(sources[0], e)
                return
            for source in sources:
                self._json([source])

    @contextmanager
    def _little_memory(self) -> Iterator[None]:
        """For statements that sort, which take what memory there is; others go row by row."""
        self.con.execute(f"set memory_limit = '{SORT_MEMORY}'")
        try:
            yield
        finally:
            self.con.execute(f"set memory_limit = '{MEMORY_LIMIT}'")

    def _give_up(self, source: Source, e: Exception) -> None:
        # What a parser says quotes the row, with the people in it.
        line = LINE.search(str(e))
        where = f" (baris {line[1]})" if line else ""
        self._refuse(source, Unreadable("unreadable", reasons.of_file(
            "unreadable", f"Isinya rusak atau bukan seperti bentuknya: {type(e).__name__}{where}.")))

    def _refuse(self, source: Source, e: Unreadable) -> None:
        reason = f"{e.reason} (dalam arsip: {source.member!r})" if source.member else e.reason
        self.unreadable.setdefault(source.load_id, (e.code, reason))

    def _stage(self, text: TextRows) -> None:
        """Write text rows of small files aside, to be typed with the others."""
        target = self.scratch / f"text-{len(self.staged)}.parquet"
        before = sum(len(staged.sources) for _, staged in self.staged)
        columns = ", ".join(f"r_{c.name}" for c in self.contract.columns)
        place = "row_no, piece" if text.numbered else "null::bigint as row_no, 0 as piece"
        self._copy(f"select src + {before} as src, {place}, line, line_code, {columns} from {text.sql}", target, text,
                   before)
        self.staged.append((target, text))

    def _type(self, text: TextRows, order: str = "") -> None:
        """Write the typed rows of one statement. The one pass over the text of a big file is here."""
        text = constants.filled(self.contract, text)
        target = self.scratch / f"part-{len(self.parts)}.parquet"
        values = ", ".join(f"v_{c.name} as {c.name}" for c in self.contract.columns)
        place = "row_no, piece, " if text.numbered else ""
        self._copy(f"select src, state, line, line_code, {place}{values} "
                   f"from {rules.typed(self.contract, text.sql, text.white_space)} {order}", target, text)
        self.parts.append(Part(target, text))

    def _copy(self, sql: str, target: Path, text: TextRows, before: int = 0) -> None:
        scan = literal(str(target))
        self.con.execute(f"copy ({sql}) to {scan} (format parquet, compression {CODEC})")
        if text.expected:
            rows = f"read_parquet({scan}){' where piece = 0' if text.numbered else ''}"
            found = dict(self.con.execute(f"select src, count(*) from {rows} group by src").fetchall())
            if [found.get(before + i, 0) for i in range(len(text.sources))] != list(text.expected):
                target.unlink()
                raise _OtherCount


def _is_big(source: Source) -> bool:
    return source.path.stat().st_size >= BIG


class _OtherCount(Exception):
    """DuckDB found another number of rows than the file has lines."""
