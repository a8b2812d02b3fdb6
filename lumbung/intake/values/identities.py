"""Numbers that name a firm, a person or a kind of goods: NPWP, NIB, NIK, HS."""

import re

from lokal import is_valid_nik, parse_npwp

from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.intake.values.reading import NOTHING, Reading, refuse

_SEPARATORS = re.compile(r"[\s.\-–/']")
_HS_LABEL = re.compile(r"^hs(?:\s*code)?\s*:?\s*(?=\d)", re.IGNORECASE)


def read_npwp(text: str) -> Reading:
    """Read a tax number: 15 digits, or 16 that begin with 0 or are a NIK; its digits as given. Reason: bad_npwp."""
    return _digits(text, lambda digits: parse_npwp(digits).valid and digits.strip("0"), "bad_npwp")


def read_nib(text: str) -> Reading:
    """Read a business number: 13 digits. Reason: bad_nib."""
    return _digits(text, lambda digits: len(digits) == 13 and digits.strip("0"), "bad_nib")


def read_nik(text: str) -> Reading:
    """Read a national identity number: 16 digits with a possible region and birth date. Reason: bad_nik."""
    return _digits(text, is_valid_nik, "bad_nik")


def read_hs(text: str) -> Reading:
    """Read an HS code with or without dots: 4, 6, 8 or 10 digits. An odd count has lost one. Reason: bad_hs."""
    label = _HS_LABEL.sub("", tidy(text))
    return _digits(label, lambda digits: len(digits) in (4, 6, 8, 10), "bad_hs")


def _digits(text: str, is_valid, reason: str) -> Reading:
    if is_nothing(text):
        return NOTHING
    digits = _SEPARATORS.sub("", text)
    valid = digits.isascii() and digits.isdigit() and is_valid(digits)
    return Reading(digits) if valid else refuse(reason)
