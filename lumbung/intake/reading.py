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
from lumbung.intake.sources import Source, TextRows, Unreadable, encoding_of

# What DuckDB says of a broken file. A full disk or a fault of ours is no fault of the file.
BROKEN_FILE = (duckdb.InvalidInputException, duckdb.DataError)
CODEC = "lz4"
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

    def read(self, sources: list[Source]) -> list[Part]:
        """Type everything that can be read; give the parts."""
        json_sources, layouts = [], defaultdict(list)
        for source in sources:
            try:
                kind = self._kind(source)
                if kind == "json":
                    json_sources.append(source)
                elif kind == "xlsx":
                    self._type(xlsx_files.rows(self.con, self.contract, source))
                else:
                    source, layout, lines = csv_files.look(self.contract, source, self.scratch)
                    layouts[layout if layout.regular and not layout.blank_at_end else (layout, source.load_id)].append(
                        (source, layout, lines))
            except Unreadable as e:
                self.unreadable[source.load_id] = (e.code, e.reason)
        for files in layouts.values():
            self._csv(files)
        if json_sources:
            self._json(json_sources)
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
            try:
                self._type(csv_files.rows(
                    self.contract, layout, [f[0] for f in files], [f[2] for f in files], self.scratch))
                return
            except (*BROKEN_FILE, _OtherCount):
                if len(files) > 1:
                    for file in files:
                        self._csv([file])
                    return
        try:
            self._type(csv_repair.rows(self.con, self.contract, layout, files[0][0], self.scratch))
        except (*BROKEN_FILE, pa.ArrowInvalid, UnicodeError) as e:
            self._give_up(files[0][0], e)

    def _json(self, sources: list[Source]) -> None:
        try:
            self._type(json_files.rows(self.con, self.contract, sources, self.scratch))
        except (*BROKEN_FILE, UnicodeError) as e:
            if len(sources) == 1:
                self._give_up(sources[0], e)
                return
            for source in sources:
                self._json([source])

    def _give_up(self, source: Source, e: Exception) -> None:
        said = str(e).splitlines()[0][:300] if str(e) else type(e).__name__
        self.unreadable[source.load_id] = ("unreadable", reasons.of_file("unreadable", said))

    def _type(self, text: TextRows) -> None:
        """Write the typed rows of one statement. The one pass over the text of a big file is here."""
        target = self.scratch / f"part-{len(self.parts)}.parquet"
        columns = self.contract.columns
        values = ", ".join(f"v_{c.name} as {c.name}" for c in columns)
        self.con.execute(f"""copy (
            select src, state, line, line_code, {values}
            from {rules.typed(self.contract, text.sql, text.white_space)})
            to {literal(str(target))} (format parquet, compression {CODEC})""")
        if text.expected:
            found = dict(self.con.execute(
                f"select src, count(*) from read_parquet({literal(str(target))}) group by src").fetchall())
            if [found.get(i, 0) for i in range(len(text.sources))] != list(text.expected):
                target.unlink()
                raise _OtherCount
        self.parts.append(Part(target, text))


class _OtherCount(Exception):
    """DuckDB found another number of rows than the file has lines."""
