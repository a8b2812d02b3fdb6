"""A numeral: digits with dots, commas and blanks, as Indonesian, English or machine text."""

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import parse_decimal

# Forms that can be read in one way only, and whose way it is. One dot or comma before three digits is not here.
_FORMS = [
    (re.compile(r"\d+"), ""),
    (re.compile(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}\.\d{3},\d+"), "id"),
    (re.compile(r"\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3},\d{3}\.\d+"), "en"),
    (re.compile(r"\d{1,3}( \d{3})+"), ""),
    (re.compile(r"\d{1,3}( \d{3})+,\d+"), "id"),
    (re.compile(r"\d{1,3}( \d{3})+\.\d+"), "en"),
]
_POINT, _COMMA = re.compile(r"(\d+)\.(\d+)"), re.compile(r"(\d+),(\d+)")
LONGEST = 60


@dataclass(frozen=True)
class Numeral:
    """A numeral read. `style`: `id` or `en` where the form gives it away, `either` where both ways fit, else ""."""

    value: Decimal | None
    style: str = ""
    is_ambiguous: bool = False


def read_numeral(text: str, style: str, mixed: bool = False) -> Numeral | None:
    """Read digits without sign and words, or give None. `style` is the way a column is declared to be written.

    `1.250` is 1250 in a column of style id and 1.25 in one of style en; where a file mixes both it is ambiguous, and so
    is `45,000` always: three digits after a comma are written by neither with care.
    """
    if len(text) > LONGEST or not text.isascii():
        return None
    for form, way in _FORMS:
        if form.fullmatch(text):
            return Numeral(_decimal(text, way or "en"), way)
    if m := _POINT.fullmatch(text):
        return _one_mark(m, text, "en", style, mixed)
    if m := _COMMA.fullmatch(text):
        return _one_mark(m, text, "id", style, mixed=True)
    return None


def _one_mark(m: re.Match, text: str, decimal_way: str, style: str, mixed: bool) -> Numeral:
    before, after = m.groups()
    if len(after) != 3 or len(before) > 3 or before.startswith("0"):
        return Numeral(_decimal(text, decimal_way), decimal_way)
    if mixed:
        return Numeral(None, "either", is_ambiguous=True)
    return Numeral(_decimal(text, style), "either")


def _decimal(text: str, way: str) -> Decimal:
    return parse_decimal(text.replace(" ", ""), locale=way)
