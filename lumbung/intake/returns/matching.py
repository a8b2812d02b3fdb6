"""Rows of a load that was read again since: which row of the new reading each one is."""

from collections import defaultdict
from dataclasses import dataclass, field

from lumbung.lake.asking import rows_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load
from lumbung.privacy import row_marks

Place = tuple[str, int]             # sheet and row number


@dataclass
class Waiting:
    """One row in quarantine: marks of what its cells said, however the contract calls them, and of which documents it
    is."""

    said: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    @property
    def tells(self) -> bool:
        """Whether another reading of the row can be found: retention may have removed its text under another key."""
        return all(map(row_marks.tells, self.said))


def quarantined(home: Home, load: Load) -> dict[Place, Waiting]:
    """The rows of a load in quarantine."""
    found: dict[Place, Waiting] = defaultdict(Waiting)
    path = home.quarantine / load.feed / f"{load.batch_id}.parquet"
    if load.rows_quarantined and path.is_file():
        for sheet, number, document, raw_row in rows_of(
                "select distinct sheet, row_number, document_key, raw_row from read_parquet(?) where load_id = ?",
                [str(path), load.load_id]):
            row = found[sheet, number]
            row.said.add(row_marks.mark_of(raw_row))
            # Without the first part of its key a row is of no document.
            row.documents |= {document} if document and not document.startswith("|") else set()
    return dict(found)


def placed(home: Home, named: Load, root: Load) -> dict[Place, Place | None]:
    """Rows of `named` in quarantine -> the row of `root`, which stands for it now, that says the same.

    None where that one took the row itself. A row that may be several others is left out: who has it in a workbook
    must export again.
    """
    there = quarantined(home, root)
    if named.load_id == root.load_id:
        return {place: place for place in there}
    here = quarantined(home, named)
    by_text: dict[frozenset, list[Place]] = defaultdict(list)
    for place, row in there.items():
        by_text[frozenset(row.said)].append(place)
    times: dict[frozenset, int] = defaultdict(int)
    for row in here.values():
        times[frozenset(row.said)] += 1
    found: dict[Place, Place | None] = {}
    all_tell = all(row.tells for row in there.values())
    for place, row in here.items():
        if not row.tells:
            continue
        text = frozenset(row.said)
        same = by_text[text]
        if place in same:
            found[place] = place
        elif len(same) == 1 and times[text] == 1:
            found[place] = same[0]
        elif not same and place not in there and all_tell:
            found[place] = None
    return found
