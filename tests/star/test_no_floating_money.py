"""No amount passes through a floating number: not in the build database, not in a release, not on the way."""

import re

import duckdb
import pytest
from money_macros import sql_of
from sample_office import office

from lumbung.lake.home import PROJECT

FLOATING = re.compile(r"\b(DOUBLE|FLOAT|REAL|FLOAT4|FLOAT8)\b")
MONEY = re.compile(r"(_usd|_idr|_fob|_value|_amount|ndpbm|_pct)$|^(value|value_low|value_high)$")
SQL = [*(PROJECT / "dbt_project" / "models").rglob("*.sql"), *(PROJECT / "dbt_project" / "macros").rglob("*.sql")]
# Reckons with shares of counts, needs a square root, and is cast to a decimal by whoever uses it.
OF_COUNTS = {"intervals"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return office(tmp_path_factory.getbasetemp())


def columns_of(connection) -> list[tuple[str, str, str, str]]:
    return connection.execute("select table_schema, table_name, column_name, data_type "
                              "from information_schema.columns order by all").fetchall()


def floating(columns: list[tuple]) -> list[tuple]:
    return [column for column in columns if FLOATING.search(column[-1])]


def test_no_column_of_the_build_database_is_floating_in_any_schema(sample):
    with duckdb.connect(sample.home.build_database, read_only=True) as connection:
        columns = columns_of(connection)
    assert {"raw", "seeds", "staging", "intermediate", "marts", "control"} <= {schema for schema, *_ in columns}
    assert floating(columns) == []


def test_no_column_of_a_release_is_floating(sample):
    files = sorted(sample.release.rglob("*.parquet"))
    assert {path.parent.name for path in files} >= {"tables", "fct_export_item", "fct_certificate_item"}
    columns = [(str(path.relative_to(sample.release)), name, kind) for path in files
               for name, kind, *_ in duckdb.sql(f"describe select * from read_parquet('{path}')").fetchall()]
    assert floating(columns) == []
    with duckdb.connect(sample.release / "internal" / "warehouse.duckdb", read_only=True) as connection:
        assert floating(columns_of(connection)) == []


def test_money_of_the_marts_is_decimal(sample):
    """What is named as an amount, a rate or a growth is a decimal, and neither a whole number nor a text."""
    money = [(table, column, kind) for (table, column, kind) in sample.rows(
        "select table_name, column_name, data_type from information_schema.columns where table_schema = 'marts'")
        if MONEY.search(column)]
    assert len(money) > 15
    assert [found for found in money if not found[-1].startswith("DECIMAL")] == []


@pytest.mark.parametrize("path", [path for path in SQL if path.stem not in OF_COUNTS], ids=lambda path: path.stem)
def test_no_sql_divides_averages_or_casts_to_a_floating_number(path):
    """`/` and avg give DOUBLE in DuckDB even between decimals; a cast back would hide it from the catalogue."""
    sql = re.sub(r"\{#.*?#\}|--[^\n]*|'[^'\n]*'", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"(?<!/)/(?!/)|\bavg\b|\bmean\b|\bmedian\b|\bstddev\w*|\bdouble\b|\bfloat\d?\b|\breal\b", sql,
                      flags=re.IGNORECASE) == []


def test_the_build_uses_the_macros_that_are_proved_exact(sample):
    """What dbt compiled into the facts is, to the blank, what the tests of exact money run."""
    compiled = sample.home.build / "dbt" / "compiled" / "lumbung" / "models" / "marts"
    for model, calls in {
            "fct_export_item": ["convert_money('counted.item_fob', 'rates.usd_numerator', 'rates.usd_denominator')",
                                "rupiah('counted.item_fob', 'counted.ndpbm')"],
            "fct_certificate_item": [
                "convert_money('counted.item_value', 'rates.usd_numerator', 'rates.usd_denominator')"],
            "mart_city_ranking": ["growth_percent('ranked.base_amount', 'ranked.current_amount')",
                                  "growth_to_rank_by('base_amount', 'current_amount')"]}.items():
        sql = " ".join((compiled / f"{model}.sql").read_text().split())
        for call in calls:
            assert " ".join(sql_of(call).split()) in sql, call
