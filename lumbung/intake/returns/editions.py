"""Editions without a date: held until a person says which date the list describes."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lumbung.contracts import Contract
from lumbung.contracts.layouts import Layout
from lumbung.errors import UsageError
from lumbung.intake import reasons
from lumbung.intake.rules import literal
from lumbung.lake.asking import rows_of

if TYPE_CHECKING:
    from lumbung.intake.typed_batch import LoadRows

HOW = "Petugas memberikannya dengan `lumbung loads release ID --as-of TTTT-BB-HH`."


def as_date(text: str) -> str:
    """A date as a person typed it, checked. Raises UsageError for anything but YYYY-MM-DD."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no date.", where="--as-of", todo="Write it as YYYY-MM-DD.") from None


def dated(contract: Contract, agencies: set[str], constants: dict[str, str]) -> Contract:
    """The contract for files of these agencies into whose empty or missing cells go what a person gave."""
    known = {layout.agency: layout for layout in contract.layouts}
    mine = {agency: known.get(agency, Layout(agency)) for agency in agencies}
    return replace(contract, layouts=tuple((known | {
        agency: replace(layout, constants=tuple((dict(layout.constants) | constants).items()))
        for agency, layout in mine.items()}).values()))


def undated(contract: Contract, quarantine: Path, loads: list["LoadRows"]) -> list["LoadRows"]:
    """The loads of a batch, with a reason on those whose rows all lack the date of their edition."""
    if not contract.edition_column or not any(load.rows_quarantined for load in loads):
        return loads
    found = {load_id for load_id, in rows_of(f"""
        select load_id from read_parquet({literal(str(quarantine))}) group by load_id
        having count(distinct (sheet, row_number))
             = count(distinct (sheet, row_number)) filter (column_name = ? and reason_code = 'missing_value')""",
        [contract.edition_column])}
    return [replace(load, reason_code="as_of_missing", reason=reasons.of_file("as_of_missing", HOW))
            if load.landed.load_id in found and not load.rows_accepted and not load.landed.parent_load_id else load
            for load in loads]
