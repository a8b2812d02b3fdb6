"""Owners of an item of a declaration: a JSON list of {npwp, nib, name, value}."""

import json
from decimal import Decimal

from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.intake.values.identities import read_nib, read_npwp
from lumbung.intake.values.numbers import read_number
from lumbung.intake.values.reading import NOTHING, Reading, refuse

FIELDS = ("npwp", "nib", "name", "value")
LARGEST = Decimal(10) ** 22
# What needs no second look: as the reader of JSON documents writes it, with numbers in their usual form.
_NPWP = '"(?:[1-9][0-9]{14}|0[1-9][0-9]{13,14}|00[1-9][0-9]{12,13})"'
_NIB = '"(?:[1-9][0-9]{12}|0[1-9][0-9]{11})"'
_OWNER = (rf'\{{"npwp":(?:null|{_NPWP}),"nib":(?:null|{_NIB}),"name":(?:null|"[^"\\\x00-\x1f]+")'
          r'(?:,"value":(?:null|"[0-9]{1,18}(?:\.[0-9]{1,2})?"))?\}')
IN_ORDER = rf"^\[{_OWNER}(?:,{_OWNER})*\]$"


def read_owners(text: str) -> Reading:
    """Read a list of owners; gives it as compact JSON with plain digits and amounts (str), in the order written.

    An owner of whom nothing is said stays in the list: the goods have an owner nobody can name. Reasons: bad_owners,
    and those of a tax number, a business number and an amount; out_of_range for one below nought.
    """
    if is_nothing(text):
        return NOTHING
    try:
        said = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return refuse("bad_owners")
    owners = [said] if isinstance(said, dict) else said
    if owners in (None, []):
        return NOTHING
    if not isinstance(owners, list):
        return refuse("bad_owners")
    read = []
    for owner in owners:
        if not _is_plain(owner):
            return refuse("bad_owners")
        cells = {name: _cell(name, owner.get(name)) for name in FIELDS}
        if reason := next((cell.reason for cell in cells.values() if cell.reason), ""):
            return refuse(reason)
        read.append({name: cell.value for name, cell in cells.items()})
    return Reading(json.dumps(read, ensure_ascii=False, separators=(",", ":")))


def _is_plain(owner: object) -> bool:
    return isinstance(owner, dict) and owner.keys() <= set(FIELDS) and all(
        value is None or isinstance(value, str) for value in owner.values())


def _cell(name: str, text: str | None) -> Reading:
    if text is None or is_nothing(text):
        return NOTHING
    match name:
        case "npwp":
            return read_npwp(text)
        case "nib":
            return read_nib(text)
        case "value":
            return _amount(text)
    return Reading(tidy(text))


def _amount(text: str) -> Reading:
    reading = read_number(text, "en")
    if reading.reason or reading.needs:
        return refuse(reading.reason or reading.unplaced)
    if reading.value < 0:
        return refuse("out_of_range")
    cents = reading.value * 100
    if cents != cents.to_integral_value():
        return refuse("too_many_decimals")
    return Reading(f"{reading.value:.2f}") if reading.value < LARGEST else refuse("bad_number")
