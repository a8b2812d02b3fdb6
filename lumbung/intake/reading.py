"""Reading a batch: each file by its real content, files of one kind by one statement, broken ones by themselves."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.contracts import Contract
from lumbung.intake import csv_files, csv_repair, json_files, reasons, rules, xlsx_files
from lumbung.intake.csv_files import Layout
from lumbung.intake.rules import literal
from lumbung.intake.sources import Source, TextRows, Unreadable, as_utf8, encoding_of, is_utf8

# What DuckDB says of a broken file. A full disk or a fault of ours is no fault of the file.
BROKEN_FILE = (duckdb.InvalidInputException, duckdb.DataError)
CODEC = "snappy"
BIG = 32 << 20
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
OTHER_KINDS = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"\x1f\x8b": "gzip", b"Rar!": "RAR",
               b"7z\xbc\xaf": "7z", b"PAR1": "Parquet"}


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
        self.parts: list[Part] = []
        self.staged: list[tuple[Path, TextRows]] = []

    def read(self, sources: list[Source]) -> list[Part]:
        """Type everything that can be read; give the parts.

        A big CSV is typed straight from its text. Small files are brought to text of one form first and typed
        together, since a statement costs more than a small file.
        """
        json_sources, layouts = [], defaultdict(list)
        for source in sources:
            try:
                kind = self._kind(source)
                if kind == "json":
                    json_sources.append(source)
                elif kind == "xlsx":
                    self._stage(xlsx_files.rows(self.con, self.contract, source))
                else:
                    source, layout, lines = csv_files.look(self.contract, source, self.scratch)
                    together = layout.regular and not layout.blank_at_end
                    layouts[layout if together else source.load_id].append((source, layout, lines))
            except Unreadable as e:
                self.unreadable[source.load_id] = (e.code, e.reason)
        for files in layouts.values():
            self._csv(files)
        if json_sources:
            self._json(json_sources)
        if self.staged:
            scans = "[" + ", ".join(literal(str(path)) for path, _ in self.staged) + "]"
            self._type(TextRows(
                f"(select * from read_parquet({scans}))",
                tuple(source for _, text in self.staged for source in text.sources),
                tuple(sheet for _, text in self.staged for sheet in text.sheets or ("",) * len(text.sources))))
        return self.parts

    def _kind(self, source: Source) -> str:
        with source.path.open("rb") as file:
            head = file.read(65536)
        if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise Unreadable("empty", reasons.of_file("empty"))
        for magic, name in OTHER_KINDS.items():
            if head.startswith(magic):
                raise self._not_expected(name)
        kind = "xlsx" if head.startswith(WORKBOOKS) else "csv"
        if kind == "csv":
            encoding = encoding_of(head)
            if encoding == "utf-8" and head.count(0) > len(head) // 100:
                raise Unreadable("unreadable", reasons.of_file("unreadable", "Isinya bukan teks."))
            if head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
                kind = "json"
        if kind not in self.contract.formats:
            raise self._not_expected(kind.upper())
        return kind

    def _not_expected(self, kind: str) -> Unreadable:
        expected = ", ".join(f.upper() for f in self.contract.formats)
        return Unreadable("unreadable", reasons.of_file(
            "unreadable", f"Isinya {kind}; feed {self.contract.feed} menerima {expected}."))

    def _csv(self, files: list[tuple[Source, Layout, int]]) -> None:
        layout = files[0][1]
        if layout.regular:
            text = csv_files.rows(self.contract, layout, [f[0] for f in files], [f[2] for f in files], self.scratch)
            big = sum(f[0].path.stat().st_size for f in files) >= BIG
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
                source = Source(source.load_id, as_utf8(source.path, "utf-8", self.scratch / f"{source.load_id}.utf8"))
            self._stage(csv_repair.rows(self.con, self.contract, layout, source, self.scratch))
        except (*BROKEN_FILE, pa.ArrowInvalid, UnicodeError) as e:
            self._give_up(source, e)

    def _json(self, sources: list[Source]) -> None:
        try:
            self._stage(json_files.rows(self.con, self.contract, sources, self.scratch))
        except (*BROKEN_FILE, UnicodeError) as e:
            if len(sources) == 1:
                self._give_up(sources[0], e)
                return
            for source in sources:
                self._json([source])

    def _give_up(self, source: Source, e: Exception) -> None:
        said = str(e).splitlines()[0][:300] if str(e) else type(e).__name__
        self.unreadable[source.load_id] = ("unreadable", reasons.of_file("unreadable", said))

    def _stage(self, text: TextRows) -> None:
        """Write text rows of small files aside, to be typed with the others."""
        target = self.scratch / f"text-{len(self.staged)}.parquet"
        before = sum(len(staged.sources) for _, staged in self.staged)
        columns = ", ".join(f"r_{c.name}" for c in self.contract.columns)
        self._copy(f"select src + {before} as src, line, line_code, {columns} from {text.sql}", target, text, before)
        self.staged.append((target, text))

    def _type(self, text: TextRows) -> None:
        """Write the typed rows of one statement. The one pass over the text of a big file is here."""
        target = self.scratch / f"part-{len(self.parts)}.parquet"
        values = ", ".join(f"v_{c.name} as {c.name}" for c in self.contract.columns)
        self._copy(f"select src, state, line, line_code, {values} "
                   f"from {rules.typed(self.contract, text.sql, text.white_space)}", target, text)
        self.parts.append(Part(target, text))

    def _copy(self, sql: str, target: Path, text: TextRows, before: int = 0) -> None:
        scan = literal(str(target))
        self.con.execute(f"copy ({sql}) to {scan} (format parquet, compression {CODEC})")
        if text.expected:
            found = dict(self.con.execute(f"select src, count(*) from read_parquet({scan}) group by src").fetchall())
            if [found.get(before + i, 0) for i in range(len(text.sources))] != list(text.expected):
                target.unlink()
                raise _OtherCount


class _OtherCount(Exception):
    """DuckDB found another number of rows than the file has lines."""
