"""What stays of the text of a quarantined row once retention removed it: a mark that finds the row in another reading.

`loads retype` finds the rows that a workbook mended by what their cells said. The mark is an HMAC of that, made with
the key of the pseudonyms, so that it tells nothing without the key and the text.
"""

import json

from lumbung.privacy import keys

REMOVED = "removed"


def mark_of(raw_row: str) -> str:
    """The mark of a row in quarantine, from the JSON of its cells or of what stayed of them; "" where nothing did.

    What the columns are called, and empty cells, make no difference.
    """
    cells = json.loads(raw_row)
    if is_removed(cells):
        return cells[REMOVED]
    said = sorted(text for text in cells.values() if text)
    return keys.party_key(keys.own_key() or keys.DEMO_KEY, "row:" + json.dumps(said, ensure_ascii=False))


def tells(mark: str) -> bool:
    """Whether a mark can be held against those of rows that still have their text: it was made by the key of now."""
    return mark.startswith(f"{keys.version()}_")


def is_removed(cells: dict) -> bool:
    """Whether the JSON of a row is only what stayed of it."""
    return cells.keys() == {REMOVED}


def what_stays(raw_row: str, *, marked: bool) -> str:
    """The JSON that takes the place of a row's cells: with its mark, or with none where no reading is to come."""
    return json.dumps({REMOVED: mark_of(raw_row) if marked else ""})
