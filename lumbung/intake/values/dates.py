"""Dates as offices write them, Indonesian and English, single days and ranges. Day before month, always."""

import datetime as dt
import re

from babel import Locale

from lumbung.intake.values.cells import is_nothing, tidy
from lumbung.intake.values.reading import NOTHING, Reading, refuse

# How a month or a weekday is written beside the forms of CLDR.
MONTHS_TOO = {"pebruari": 2, "peb": 2, "nopember": 11, "nop": 11, "agt": 8, "ags": 8, "agust": 8, "agus": 8, "sept": 9,
              "jun": 6, "jul": 7, "mrt": 3}
WEEKDAYS_TOO = {"jum'at": 4, "jumat": 4, "ahad": 6, "minggu": 6}
FIRST_SERIAL, LAST_SERIAL = 20_000, 73_415          # 1954 to 2100, as a spreadsheet counts days
SERIAL_START = dt.date(1899, 12, 30)

_DAY, _YEAR = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<y>\d{4}|'?\d{2})"
_FORMS = [re.compile(form) for form in (
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<d>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|\d{2})",
    rf"{_DAY}[\s./-]*(?P<name>[a-z]+)\.?[\s,/-]*{_YEAR}",
    rf"(?P<name>[a-z]+)\.?\s+{_DAY}\s*,?\s+(?P<y>\d{{4}})",
    rf"{_DAY}[\s-]*(?P<name>[a-z]+)\.?",
    r"(?P<d>\d{1,2})\s?[-/]\s?(?P<m>\d{1,2})",
    r"(?P<d>\d{1,2})",
)]
_TIME = re.compile(r"(?:,?\s+(?:pukul\s+|jam\s+)?|(?<=\d)t(?=\d))\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?"
                   r"(?:\s*(?:wib|wita|wit|am|pm))?$")
_UNTIL = re.compile(r"\s*(?:\bs\.?\s?/?\s?d\.?(?=[\s\d])|\bsampai dengan\b|\bsampai\b|\bhingga\b|\bto\b|\buntil\b|[–—]|"
                    r"(?<=\s)-(?=\s))\s*")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s?-\s?(\d{1,2}\s+[a-z]+\.?(?:\s+\d{4})?|\d{1,2}/\d{1,2}/\d{4})")
_WEEKDAY = re.compile(r"^(?:hari\s+)?([a-z']+)\s*,?\s*(?=[\d(])")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def _names(width_of: str) -> dict[str, int]:
    return {name.lower().strip("."): number
            for language in ("en", "id") for width in ("wide", "abbreviated")
            for number, name in getattr(Locale(language), width_of)["format"][width].items()}


MONTHS = _names("months") | MONTHS_TOO
WEEKDAYS = _names("days") | WEEKDAYS_TOO             # Monday is 0


def read_date(text: str, period: str = "", serials: bool = False) -> Reading:
    """Read one day.

    `period` is text that names the time the row or file is about: where it holds one year, a date without year is in
    that. `serials` allows the day numbers of spreadsheets (44454). Reasons: bad_date, ambiguous_date (`15-09-21`),
    date_without_year, wrong_weekday, date_range.
    """
    reading = read_dates(text, period, serials)
    return refuse("date_range") if "end" in reading.parts else reading


def read_dates(text: str, period: str = "", serials: bool = False) -> Reading:
    """Read one day or a range (`1 s.d. 5 Maret 2023`): the value is the first day, the part `end` the last."""
    if is_nothing(text):
        return NOTHING
    said = tidy(text).lower()
    if serials and re.fullmatch(r"\d{5}(\.\d+)?", said):
        days = int(said.split(".")[0])
        return Reading(SERIAL_START + dt.timedelta(days)) if FIRST_SERIAL <= days <= LAST_SERIAL else refuse("bad_date")
    ends = [end for end in _UNTIL.split(said) if end]
    if len(ends) == 1 and (m := _DAYS_OF_MONTH.search(said)):
        ends = [said[:m.start()] + m[1], m[2] + said[m.end():]]
    if len(ends) == 1:
        return _day(said, period)
    return _range(*ends, period) if len(ends) == 2 else refuse("bad_date")


def read_month(text: str, period: str = "") -> Reading:
    """Read a month as YYYY-MM: `September 2021`, `09/2021`, `2021-09`, `Sep-21`, or any date of it.

    `September` alone takes its year from `period`, as a day without year does.
    """
    if is_nothing(text):
        return NOTHING
    said = tidy(text).lower()
    if m := re.fullmatch(r"([a-z]+)\.?(?:\s?(?:-|(?='))\s?'?(\d{2}))?", said):
        month, year = MONTHS.get(m[1]), 2000 + int(m[2]) if m[2] else year_of(period)
        if month and year is None:
            return refuse("date_without_year")
        return Reading(f"{year}-{month:02d}") if month and year < 2050 else refuse("bad_date")
    for form in (r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})", r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
                 r"(?P<name>[a-z]+)\.?[\s,-]*(?P<y>\d{4})"):
        if m := re.fullmatch(form, said):
            month = _month(m)
            return Reading(f"{m['y']}-{month:02d}") if month and _plausible(int(m["y"])) else refuse("bad_date")
    day = read_date(text, period)
    return day if day.value is None else Reading(f"{day.value:%Y-%m}")


def year_of(period: str) -> int | None:
    """The year a period lies in; None where it names none or several."""
    years = set(_YEARS.findall(period))
    return int(years.pop()) if len(years) == 1 else None


def _day(said: str, period: str, month_too: str = "") -> Reading:
    said = _TIME.sub("", said)
    weekday = None
    if (m := _WEEKDAY.match(said)) and m[1] in WEEKDAYS:
        weekday = WEEKDAYS[m[1]]
        said = said[m.end():].strip()
        if said.startswith("(") and said.endswith(")"):
            said = said[1:-1].strip()
    for form in _FORMS:
        if m := form.fullmatch(said + month_too):
            return _made(m, weekday, period)
    return refuse("bad_date")


def _made(m: re.Match, weekday: int | None, period: str) -> Reading:
    groups = m.groupdict()
    month = _month(m)
    if not month:
        return refuse("bad_date")
    year, day = groups.get("y"), int(groups["d"])
    if year is None:
        number = year_of(period)
        if number is None:
            return refuse("date_without_year")
    elif len(year) == 4:
        number = int(year)
    else:
        number = 2000 + int(year.strip("'"))
        # 15-09-21 is a day of 2021 to one and of 2015 to another; 21/9/15 with slashes is day first.
        other = groups.get("sep") in ("-", ".") and _date(2000 + day, month, int(year))
        if other or number > 2049:
            return refuse("ambiguous_date")
    date = _date(number, month, day)
    if date is None:
        return refuse("bad_date")
    if weekday is not None and date.weekday() != weekday:
        return refuse("wrong_weekday")
    return Reading(date)


def _month(m: re.Match) -> int | None:
    groups = m.groupdict()
    number = MONTHS.get(groups["name"]) if groups.get("name") else int(groups.get("m") or 0)
    return number if number and 1 <= number <= 12 else None


def _range(first: str, last: str, period: str) -> Reading:
    """The first day takes what it leaves out, month and year, from the last."""
    end = _day(last, period)
    if end.value is None:
        return end
    missing = ""
    if re.fullmatch(r"(?:[a-z']+,?\s+)?\d{1,2}", first):
        missing = f" {end.value:%m/%Y}".replace(" ", "/", 1)
    start = _day(first, str(end.value.year), missing)
    if start.value is None:
        return start
    return Reading(start.value, parts={"end": end.value}) if start.value <= end.value else refuse("bad_date")


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if _plausible(year) else None
    except ValueError:
        return None


def _plausible(year: int) -> bool:
    return 1900 <= year <= 2200
