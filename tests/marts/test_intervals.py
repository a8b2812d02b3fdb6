"""The intervals of shares, against the figures of the papers that they come from."""

import duckdb
import jinja2
import pytest

from lumbung.lake.home import PROJECT

MACROS = (PROJECT / "dbt_project" / "macros" / "intervals.sql").read_text()


def per_cent(*calls: str) -> list[str]:
    """What calls of macros give, as published."""
    asked = ", ".join("{{ percent_with_decimals(" + call + ") }}" for call in calls)
    sql = jinja2.Environment(autoescape=False).from_string(MACROS + "select " + asked).render()
    return [str(value) for value in duckdb.sql(sql).fetchall()[0]]


# R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I.
@pytest.mark.parametrize(("x", "n", "low", "high"), [
    (81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.00, 16.11), (1, 29, 0.61, 17.18)])
def test_wilson_is_that_of_the_tables(x, n, low, high):
    found = per_cent(f"wilson_low({x}, {n})", f"wilson_high({x}, {n})")
    assert [round(float(value), 2) for value in found] == [low, high]


def test_wilson_never_leaves_nought_and_one_hundred():
    assert per_cent("wilson_low(0, 3)", "wilson_high(3, 3)") == ["0.0000", "100.0000"]


# R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
# methods", Statistics in Medicine 17 (1998), table II, method 10.
@pytest.mark.parametrize(("x", "n", "other_x", "other_n", "low", "high"), [
    (56, 70, 48, 80, 5.24, 33.39), (9, 10, 3, 10, 17.05, 80.90), (10, 10, 0, 10, 60.75, 100.00)])
def test_newcombe_is_that_of_the_tables(x, n, other_x, other_n, low, high):
    share, other = f"{x}.0 / {n}", f"{other_x}.0 / {other_n}"
    calls = ("newcombe_low('{0}', wilson_low({2}, {3}), '{1}', wilson_high({4}, {5}))",
             "newcombe_high('{0}', wilson_high({2}, {3}), '{1}', wilson_low({4}, {5}))")
    found = per_cent(*(call.format(share, other, x, n, other_x, other_n) for call in calls))
    assert [round(float(value), 2) for value in found] == [low, high]
