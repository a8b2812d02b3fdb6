"""What holds for any cell: white space, words for nothing, and several values in one cell."""

import re

from lumbung.intake.values.reading import NOTHING, Reading, refuse

# Lower case. What offices write where there is nothing. A nought is a value.
NOTHING_WORDS = ("-", "--", "–", "—", "n/a", "n.a.", "na", "#n/a", "null", "none", "nihil", "tidak ada", "tdk ada",
                 "tidak ada data", "belum ada", "kosong")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_AND = r"\s+dan\s+|\s+and\s+|\s*&\s*"
_PRODUCTS = re.compile(rf"\s*[;\n\r,]+\s*(?:dan\s+)?|{_AND}|\s*(?<!\d)/(?!\d)\s*", re.IGNORECASE)
_PEOPLE = re.compile(rf"\s*[;\n\r/]+\s*|{_AND}", re.IGNORECASE)
# "1. tas", "2) dompet", "• sepatu": marks of a list, not of the thing.
_BULLET = re.compile(r"^(?:\d{1,2}[.)]\s+|[-•*·]\s*)")


def tidy(text: str) -> str:
    """A cell with single blanks inside and none around."""
    return _SPACES.sub(" ", text).strip()


def is_nothing(text: str) -> bool:
    """Whether a cell is empty or holds a word for nothing."""
    return tidy(text).lower() in ("", *NOTHING_WORDS)


def read_products(text: str) -> Reading:
    """Several products of one cell: the value is all of them, "; " between, each once, in the order written."""
    things = _split(text, _PRODUCTS)
    return Reading("; ".join(things)) if things else NOTHING


def read_people(text: str) -> Reading:
    """Several persons in one cell: the first, and `rest`. A comma does not part them ("Budi, S.E.")."""
    names = _split(text, _PEOPLE)
    if not names:
        return NOTHING
    return with_rest(names)


def with_rest(values: list[str]) -> Reading:
    """The first of several values; the others are its `rest`, and lose nothing only where that has a column."""
    if not values:
        return refuse("bad_pattern")
    if len(values) == 1:
        return Reading(values[0])
    return Reading(values[0], parts={"rest": "; ".join(values[1:])}, needs=("rest",), unplaced="several_values")


def _split(text: str, separator: re.Pattern) -> list[str]:
    if is_nothing(text):
        return []
    things = (tidy(_BULLET.sub("", tidy(thing))) for thing in separator.split(text.strip()))
    return list(dict.fromkeys(thing for thing in things if thing and not is_nothing(thing)))
