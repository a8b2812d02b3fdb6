"""Telephone numbers of a cell in E.164, also those a spreadsheet turned into a number."""

import re
from decimal import Decimal

from lokal import normalize_phone

from lumbung.intake.values.cells import is_nothing, tidy, with_rest
from lumbung.intake.values.reading import NOTHING, Reading, refuse

_SEPARATOR = re.compile(r"\s*[;/,\n\r|]+\s*|\s+(?:dan|atau|and|or)\s+|\s*&\s*", re.IGNORECASE)
_LABEL = re.compile(r"^(?:telp?|telepon|tlp|phone|hp|no\.?\s*hp|wa|whatsapp|fax|mobile)\.?\s*:?\s*(?=[+(\d])",
                    re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:ext|pes|pesawat)\.?\s*\d{1,5}$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)e\+?0*(\d{1,2})", re.IGNORECASE)
_ABROAD = re.compile(r"\+(?!62)\d{8,15}")


def read_phone(text: str) -> Reading:
    """Read one or several numbers: the first in E.164 (+62…), `rest` the others.

    `8.52348e+010` keeps six of eleven digits and is refused (phone_digits_lost); with all its digits it is read.
    Other reason: bad_phone, where any number of the cell is none.
    """
    if is_nothing(text):
        return NOTHING
    whole = tidy(text)
    if re.fullmatch(_SCIENTIFIC, whole):
        parts = [whole]
    else:
        parts = [part for part in _SEPARATOR.split(text.strip()) if not is_nothing(part)]
    numbers = []
    for part in parts:
        digits = _EXTENSION.sub("", _LABEL.sub("", tidy(part)))
        if m := _SCIENTIFIC.fullmatch(digits):
            if len(m[2].rstrip("0")) < int(m[3]) and len(m[2]) < int(m[3]):
                return refuse("phone_digits_lost")
            digits = format(Decimal(f"{m[1]}.{m[2] or 0}e{m[3]}"), "f").split(".")[0]
        elif re.fullmatch(r"\d+\.0", digits):
            digits = digits[:-2]
        number = _number(digits)
        if number is None:
            return refuse("bad_phone")
        numbers.append(number)
    return with_rest(list(dict.fromkeys(numbers))) if numbers else NOTHING


def _number(text: str) -> str | None:
    bare = re.sub(r"[\s().-]", "", text)
    if not bare.isascii():
        return None
    return bare if _ABROAD.fullmatch(bare) else normalize_phone(text)
