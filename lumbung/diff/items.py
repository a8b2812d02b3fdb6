"""Items of a fact in dollars by one release's rates, placed by one release's regions: SQL.

The dollars come of the macro that the facts are made with, so that they are the same to the cent.
"""

import functools
from dataclasses import dataclass

import jinja2

from lumbung.diff.releases import text
from lumbung.lake.home import PROJECT


@dataclass(frozen=True)
class Fact:
    """Where a basis keeps its items."""

    table: str
    document: str
    version: str
    day: str
    amount: str
    scope: str


FACTS = {
    "peb": Fact("fct_export_item", "nomor_aju", "note_number", "registered_on", "stated_fob", "is_in_scope"),
    "ska": Fact("fct_certificate_item", "certificate_number", "amended_on", "issued_on", "stated_value", "true")}


@dataclass(frozen=True)
class Valued:
    """Dollars by the rates of a side ("a", "b") and one rate source."""

    rates: str
    source: str

    @property
    def name(self) -> str:
        return f"usd_{self.rates}_{self.source}"


@dataclass(frozen=True)
class Placed:
    """The city by the regions of a side and one place of a rule."""

    regions: str
    place: str

    @property
    def name(self) -> str:
        return f"city_{self.regions}_{self.place}"


def items(rows: str, basis: str, is_synthetic: bool, valued: list[Valued], placed: list[Placed],
          where: str = "true") -> str:
    """A query of items in scope: document, version_key, load_id, has_conflict, party, day, month, and a column for
    each of `valued` and `placed`. `rows` stands after FROM; tables rates_a, regions_a, register_a (and _b) are there.
    """
    fact = FACTS[basis]
    wanted = [f"items.{fact.document} AS document", f"coalesce(items.{fact.version}::VARCHAR, '') AS version_key",
              "items.load_id", "items.has_conflict", "items.exporter_party_key AS party", f"items.{fact.day} AS day",
              f"date_trunc('month', items.{fact.day})::DATE AS month"]
    joins = []
    for value in valued:
        wanted.append(f"{dollars(fact.amount).replace('rates.', f'{value.name}.')} AS {value.name}")
        joins.append(
            f"LEFT JOIN rates_{value.rates} AS {value.name} ON items.currency = {value.name}.currency "
            f"AND items.{fact.day} = {value.name}.day AND {value.name}.rate_source = {text(value.source)}")
    for place in placed:
        codes, register = f"codes_{place.name}", f"register_{place.name}"
        stated = place.place == "declared_origin" or basis == "ska"
        if stated:
            joins.append(f"LEFT JOIN regions_{place.regions} AS {codes} "
                         f"ON items.stated_region_code = {codes}.region_code")
        if place.place == "exporter":
            joins.append(f"LEFT JOIN register_{place.regions} AS {register} "
                         f"ON items.exporter_party_key = {register}.exporter_party_key")
        known = [f"{codes}.current_region_code"] * stated + [f"{register}.region_code"] * (place.place == "exporter")
        wanted.append(f"coalesce({', '.join(known)}, '00.00') AS {place.name}")
    return (f"SELECT {', '.join(wanted)} FROM {rows} AS items {' '.join(joins)} "
            f"WHERE items.is_synthetic = {is_synthetic} AND {fact.scope} AND {where}")


@functools.cache
def dollars(amount: str) -> str:
    """The SQL of a row's dollars, as dbt compiles it for the facts: `items` is the row, `rates` its rate."""
    folder = PROJECT / "dbt_project" / "macros"
    macros = "".join((folder / name).read_text(encoding="utf-8") for name in ("dialect.sql", "money.sql"))
    template = jinja2.Environment(autoescape=False).from_string(  # noqa: S701 - it is SQL
        macros + "{{ dollars('items', '" + amount + "') }}")
    return " ".join(template.render().split())
