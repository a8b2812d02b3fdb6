"""Which function reads the cells of a column, by the normaliser its contract names."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from lumbung.intake.values import cells, countries, dates, identities, numbers, owners, phones, regions
from lumbung.intake.values.reading import Reading, refuse


@dataclass(frozen=True)
class Around:
    """What is known around a cell.

    `context`: the row's cells named by the contract's `context`, "|" between. `period`: text that names the time the
    file is about. `serials`: the file is a spreadsheet. `mixed`: its column writes numbers both ways. `rupiah`: the
    column holds rupiah. `region_list`: kemendagri or bps.
    """

    context: str = ""
    period: str = ""
    serials: bool = False
    mixed: bool = False
    rupiah: bool = False
    region_list: str = "kemendagri"

    @property
    def time(self) -> str:
        """The row's own time, or else the file's."""
        return self.context if dates.year_of(self.context) else self.period


def _number(text: str, around: Around, style: str) -> Reading:
    words = around.context.lower().replace(".", "").split("|")
    rupiah = around.rupiah or bool({"rp", "idr", "rupiah"} & {word.strip() for word in words})
    return numbers.read_number(text, style, around.mixed, rupiah)


def _whole(text: str, around: Around, style: str) -> Reading:
    reading = _number(text, around, style)
    ends = (reading.value, *reading.parts.values())
    if any(isinstance(end, Decimal) and end != end.to_integral_value() for end in ends):
        return refuse("bad_number", reading.style)
    return reading


READERS: dict[str, Callable[[str, Around], Reading]] = {
    "decimal": lambda text, around: _number(text, around, "en"),
    "number_id": lambda text, around: _number(text, around, "id"),
    "integer": lambda text, around: _whole(text, around, "en"),
    "integer_id": lambda text, around: _whole(text, around, "id"),
    "date": lambda text, around: dates.read_date(text, around.time, around.serials),
    "date_range": lambda text, around: dates.read_dates(text, around.time, around.serials),
    "month": lambda text, around: dates.read_month(text, around.time),
    "phone": lambda text, around: phones.read_phone(text),
    "npwp": lambda text, around: identities.read_npwp(text),
    "nib": lambda text, around: identities.read_nib(text),
    "nik": lambda text, around: identities.read_nik(text),
    "hs": lambda text, around: identities.read_hs(text),
    "country": lambda text, around: countries.read_country(text),
    "region": lambda text, around: regions.read_region(text, around.context, around.region_list),
    "products": lambda text, around: cells.read_products(text),
    "people": lambda text, around: cells.read_people(text),
    "owners": lambda text, around: owners.read_owners(text),
}
# Whose way of writing `1.250` a column is declared to follow.
NUMBER_STYLES = {"decimal": "en", "integer": "en", "number_id": "id", "integer_id": "id"}
PARTS = ("stated", "precision", "low", "high", "end", "rest", "basis")


def read_cell(normaliser: str, text: str, around: Around, placed: frozenset[str]) -> Reading:
    """Read one cell. `placed` are the parts the contract has columns for; a cell that needs another is refused."""
    reading = READERS[normaliser](text, around)
    if not reading.reason and not set(reading.needs) <= placed:
        return refuse(reading.unplaced, reading.style)
    return reading
