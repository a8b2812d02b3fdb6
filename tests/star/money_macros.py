"""The macros of money as SQL, and as Python's fractions say that they must come out."""

import math
from decimal import Decimal
from fractions import Fraction

import duckdb
import jinja2

from lumbung.lake.home import PROJECT

MACROS = "".join((PROJECT / "dbt_project" / "macros" / name).read_text() for name in ("dialect.sql", "money.sql"))
TOO_MUCH = Decimal(10) ** 16      # an item of over ten thousand million million is no amount


def sql_of(call: str) -> str:
    """The SQL that a call of a macro becomes, as dbt compiles it."""
    return jinja2.Environment(autoescape=False).from_string(MACROS + "{{ " + call + " }}").render().strip()


class Engine:
    """DuckDB, asked for one expression over many rows at a time."""

    def __init__(self):
        self.connection = duckdb.connect()

    def each(self, call: str, columns: dict[str, str], rows: list[tuple]) -> list:
        """The macro's value for each row; `columns` are names with their types."""
        values = ", ".join("(" + ", ".join("null" if v is None else f"'{v}'" for v in row) + f", {n})"
                           for n, row in enumerate(rows))
        typed = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in columns.items())
        return [value for (value,) in self.connection.execute(
            f"select {sql_of(call)} from (select {typed}, place from (values {values}) as given "
            f"({', '.join(columns)}, place)) order by place").fetchall()]


def half_up(number: Fraction) -> int:
    """The nearest whole number; a half goes away from nought."""
    return int(math.copysign(1, number)) * math.floor(abs(number) + Fraction(1, 2))


def to_cents(number: Fraction) -> Decimal:
    return Decimal(f"{half_up(number * 100)}E-2")
