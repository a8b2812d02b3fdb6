"""What was planted: a spoilt cell, a messy file, and the line of the answer key for each fault."""

from dataclasses import dataclass, field

QUARANTINED, ACCEPTED, SKIPPED = "quarantined", "accepted", "skipped"
REJECTED, HELD, REDELIVERED = "file_rejected", "file_held", "redelivered"


@dataclass(frozen=True)
class Spoilt:
    """One cell and what should become of its row. `raw` is what stands in the file."""

    kind: str
    column: str
    raw: str
    expected: str
    reason_code: str = ""
    value: str = ""


def bad(kind: str, column: str, raw: str, *reason_codes: str) -> Spoilt:
    """A cell whose row is to be quarantined for one of these reasons."""
    return Spoilt(kind, column, raw, QUARANTINED, "|".join(reason_codes))


def odd(kind: str, column: str, raw: str, value: str) -> Spoilt:
    """A cell that reads oddly and is to be accepted as `value` (alternatives by `|`, `null` for nothing)."""
    return Spoilt(kind, column, raw, ACCEPTED, "", value)


@dataclass
class MessyFile:
    """A file of its own. `rows` are its rows of data, planted or not, without those to be skipped."""

    feed: str
    name: str
    content: bytes
    rows: int
    lines: list[dict] = field(default_factory=list)

    @property
    def rows_quarantined(self) -> int:
        return len({line["row_number"] for line in self.lines if line["expected"] == QUARANTINED})


def line_of(spoilt: Spoilt, row_number: int | None, *, sheet: str = "", document: str = "",
            item: int | None = None) -> dict:
    """The line of the answer key for one spoilt cell."""
    return {"sheet": sheet, "row_number": row_number, "document": document, "item": item,
            "column_name": spoilt.column, "raw_value": spoilt.raw, "kind": spoilt.kind, "expected": spoilt.expected,
            "reason_code": spoilt.reason_code, "value": spoilt.value}


def of_file(kind: str, expected: str, *reason_codes: str, sheet: str = "") -> dict:
    """The line of the answer key for a whole file."""
    return line_of(Spoilt(kind, "", "", expected, "|".join(reason_codes)), None, sheet=sheet)


def of_row(kind: str, row_number: int, expected: str, *reason_codes: str, sheet: str = "", raw: str = "") -> dict:
    """The line of the answer key for a whole row."""
    return line_of(Spoilt(kind, "", raw, expected, "|".join(reason_codes)), row_number, sheet=sheet)
