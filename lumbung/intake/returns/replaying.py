"""Reading a mended return workbook: the rows of one parent load become the text rows of one replay."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from lumbung.contracts import Contract
from lumbung.errors import LumbungError
from lumbung.intake import reasons
from lumbung.intake.readers.sources import Source, TextRows
from lumbung.intake.reading import Part, Reader
from lumbung.intake.returns import matching, spread, workbook
from lumbung.intake.returns.entries import mended_rows
from lumbung.intake.returns.matching import Place
from lumbung.intake.returns.mended import MendedRow
from lumbung.intake.returns.mended import mended_rows as rows_as_mended
from lumbung.intake.returns.workbook import Table
from lumbung.lake import ledger
from lumbung.lake.families import root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

if TYPE_CHECKING:
    from lumbung.intake.landing import Landed


class ReplayReader(Reader):
    """Reads replays. A row that another workbook mended before is counted as skipped: it is in already.

    `incomplete` names the rows (load id, sheet, row number) of documents of which others are still to be mended.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, contract: Contract, scratch: Path, home: Home,
                 replays: list["Landed"]):
        super().__init__(con, contract, scratch)
        self.home, self.state = home, ledger.loads(home)
        self.replays = {one.load_id: one for one in replays}

    def read(self, sources: list[Source]) -> list[Part]:
        """Type the rows of each replay, numbered as in the load they first came in."""
        opened: dict[Path, list[Table]] = {}
        for source in sources:
            try:
                if source.path not in opened:
                    opened[source.path] = workbook.tables(source.path)
                root = self.state[self.replays[source.load_id].parent_load_id]
                self._type(self._text(source, root, rows_of(
                    opened[source.path], self.contract, self.home, self.state, root)))
            except LumbungError as e:
                self.unreadable[source.load_id] = ("unreadable", reasons.of_file("unreadable", f"{e.what} ({e.where})"))
        return self.parts

    def _text(self, source: Source, root: Load, rows: list[MendedRow]) -> TextRows:
        done = mended_rows(self.state, root, but_for=self.replays[source.load_id].sha256)
        in_already = [row.is_in or row.place in done for row in rows]
        self.incomplete |= {(source.load_id, *place) for place in _incomplete(
            matching.quarantined(self.home, root), done, rows)}
        unpivot = spread.unpivot_of(self.contract, root.agency)
        made = [(row, skip, piece, cells) for row, skip in zip(rows, in_already, strict=True) for piece, cells in
                enumerate([row.cells] if skip or row.code else spread.pieces(unpivot, row.cells))]
        name = f"replay_{source.load_id}"
        self.con.register(name, pa.table({
            "row_no": pa.nulls(len(made), pa.int64()),
            "piece": pa.array([piece for _, _, piece, _ in made], pa.int32()),
            "line": pa.array(["" if skip else row.line if row.code else None for row, skip, _, _ in made], pa.string()),
            "line_code": pa.array(["blank" if skip else row.code or None for row, skip, _, _ in made], pa.string()),
            **{f"r_{c.name}": pa.array([cells.get(c.name) for *_, cells in made], pa.string())
               for c in self.contract.columns}}))
        positions = pa.table({"sheet": pa.array([row.sheet for row, *_ in made], pa.string()),
                              "row_number": pa.array([row.row_number for row, *_ in made], pa.int64())})
        return TextRows(f"(select 0::int as src, * from {name})", (source,), positions=positions,
                        numbered=len(made) > len(rows))


def rows_of(tables: list[Table], contract: Contract, home: Home, state: dict[str, Load],
            root: Load) -> list[MendedRow]:
    """The rows of one load in a workbook, by sheet and row number of the file it came in.

    The workbook may name loads that this one superseded. Raises LumbungError for a row that was never in quarantine,
    for one that can't be told from others since the load was read again, and for one of a wide table where the layout
    of the agency has none any more.
    """
    places: dict[str, dict[Place, Place | None]] = {}
    rows = []
    for table in tables:
        mine = [line for line in table.lines if root_of(state, state[line.load_id]).load_id == root.load_id]
        if not mine:
            continue
        mended = rows_as_mended(table, contract, mine, is_newer=root.contract_version != contract.version or any(
            line.load_id != root.load_id for line in mine))
        for line, row in zip(mine, mended, strict=True):
            if spread.is_spread(row.cells) and not spread.unpivot_of(contract, root.agency):
                raise LumbungError(f"The layout of {root.agency} does not say any more which columns become rows.",
                                   where=table.where(line), todo=f"Bring `unpivot` back in the layouts of {root.feed}.")
            named = state[line.load_id]
            if named.load_id not in places:
                places[named.load_id] = matching.placed(home, named, root)
            rows.append(_at_its_place(home, table.where(line), named, row, places[named.load_id]))
    twice = [place for place, times in Counter(row.place for row in rows if not row.is_in).items() if times > 1]
    if twice:
        raise LumbungError(f"Row {twice[0][1]} of {root.file_name} is there twice.", where=f"feed {root.feed}",
                           todo="Leave only the one that is right.")
    return sorted(rows, key=lambda row: row.place)


def _at_its_place(home: Home, where: str, named: Load, row: MendedRow, places: dict[Place, Place | None]) -> MendedRow:
    if row.place in places:
        place = places[row.place]
        return replace(row, is_in=True) if place is None else replace(row, sheet=place[0], row_number=place[1])
    if row.place in matching.quarantined(home, named):
        raise LumbungError(f"{named.file_name} was read again since, and its row {row.row_number} is another one now.",
                           where=where, todo="Export the workbook again and mend that one.")
    raise LumbungError(f"Row {row.row_number} of {named.file_name} is not in quarantine.", where=where,
                       todo="Leave the hidden columns as they were exported.")


def _incomplete(waiting: dict[Place, matching.Waiting], done: set[Place], rows: list[MendedRow]) -> set[Place]:
    """The rows whose document has others that neither were mended before nor come with them."""
    come = {row.place for row in rows if not (row.is_in or row.is_empty or row.code)}
    lacking = {document for place, row in waiting.items() if place not in come | done for document in row.documents}
    return {place for place in come - done if place in waiting and waiting[place].documents & lacking}
