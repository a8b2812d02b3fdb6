"""The page for everyone, made of the public tables alone: one HTML file a province."""

import functools
from datetime import date
from pathlib import Path

from babel.dates import format_date
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from lumbung.disclosure.public_list import PublicList
from lumbung.lake.durable import write_text
from lumbung.report import words


def write_public_pages(folder: Path, lists: list[PublicList], release_id: str) -> list[Path]:
    """Write `peringkat-<province>.html` for each province with a list; PEB and SKA stand apart on it."""
    provinces: dict[str, list[PublicList]] = {}
    for one in sorted(lists, key=lambda one: one.key):
        provinces.setdefault(one.total["province_code"], []).append(one)
    pages = []
    for province, sections in provinces.items():
        pages.append(folder / f"peringkat-{province}.html")
        write_text(pages[-1], _template().render(
            sections=sections, first=sections[0].total, release_id=release_id,
            made_up=[one for one in sections if one.total["is_synthetic"]]))
    return pages


def notes(row: dict) -> list[str]:
    """What stands beside a city: whether it is revised, how it ranks by other rules, on how little it depends."""
    elsewhere = f"{row['other_rules']} menurut aturan lain" if row["other_rules"] else ""
    return [note for note in (row["revision"], elsewhere, row["few_shipments"]) if note]


def window(total: dict) -> str:
    """The months compared: "Januari–September 2024", or all of them where some in between are left out."""
    days = [date.fromisoformat(f"{month}-01") for month in total["months_used"].split(",") if month]
    indexes = [day.year * 12 + day.month for day in days]
    if len(days) > 1 and indexes == list(range(indexes[0], indexes[0] + len(days))):
        first = format_date(days[0], "MMMM" if days[0].year == days[-1].year else "MMMM yyyy", locale=words.LOCALE)
        return f"{first}–{format_date(days[-1], 'MMMM yyyy', locale=words.LOCALE)}"
    return words.listed([format_date(day, "MMMM yyyy", locale=words.LOCALE) for day in days])


@functools.cache
def _template():
    loader = ChoiceLoader([PackageLoader("lumbung.disclosure"), PackageLoader("lumbung.report")])
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              undefined=StrictUndefined)
    environment.globals |= {"words": words, "notes": notes, "window": window}
    return environment.get_template("public_page.html")
