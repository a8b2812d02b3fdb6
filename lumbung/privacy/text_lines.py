"""Delimited text: the records in which a pattern is found become empty ones of the same shape."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

DELIMITERS = ",;\t|"
LONGEST_RECORD = 50            # lines; more than that is a quote nobody closed


def without(text: str, pattern: re.Pattern) -> tuple[str, int]:
    """The text with each record that holds the pattern emptied, and how many those were.

    An emptied record keeps the delimiters of the widest line near the top and its line end, so that a reader counts
    it as a blank row and all others keep their numbers.
    """
    delimiter, width = _shape(text)
    kept, emptied = [], 0
    for record in _records(text):
        if pattern.search(record):
            emptied += 1
            body = record.rstrip("\r\n")
            record = ("\ufeff" if body.startswith("\ufeff") else "") + delimiter * (width - 1) + record[len(body):]
        kept.append(record)
    return "".join(kept), emptied


def _records(text: str) -> Iterator[str]:
    """Records with their line ends; a quoted cell may go over several lines."""
    lines = io.StringIO(text, newline="")
    held: list[str] = []
    open_quote = False
    for line in lines:
        open_quote ^= line.count('"') % 2 == 1
        held.append(line)
        if not open_quote:
            yield "".join(held)
            held = []
        elif len(held) == LONGEST_RECORD:
            yield from held
            held, open_quote = [], False
    yield from held


def _shape(text: str) -> tuple[str, int]:
    """Delimiter and number of fields of the header: the widest of the first thirty lines."""
    head = "".join(islice(io.StringIO(text.removeprefix("\ufeff"), newline=""), 30))
    best = ("", 1)
    for delimiter in DELIMITERS:
        try:
            width = max((len(fields) for fields in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)),
                        default=1)
        except csv.Error:
            width = max((line.count(delimiter) + 1 for line in head.splitlines()), default=1)
        best = max(best, (delimiter, width), key=lambda shape: shape[1])
    return best
