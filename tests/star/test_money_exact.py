"""Money to the cent, against Python's fractions: any amount, any rate, run in DuckDB through the macros themselves."""

import os
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, note, seed, settings
from hypothesis import strategies as st
from money_macros import TOO_MUCH, Engine, half_up, to_cents

SEED = int(os.environ.get("LUMBUNG_TEST_SEED", "20210914"))
MANY = settings(max_examples=40, deadline=None, database=None, print_blob=True)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def decimals(digits: int, scale: int, *, least: int | None = None, edges: tuple[int, ...] = ()):
    """Decimals of so many digits, as often small as huge, and those next to where the macros change their way."""
    top = 10 ** digits - 1
    low = -top if least is None else least
    near = [n for edge in (*edges, 0) for n in range(edge * 10 ** scale - 1, edge * 10 ** scale + 2) if low <= n <= top]
    sizes = [st.integers(max(low, -10 ** n), min(top, 10 ** n)) for n in range(1, digits + 1)]
    return st.one_of(st.sampled_from([*near, top, low]), *sizes).map(lambda n: Decimal(f"{n}E-{scale}"))


AMOUNTS = decimals(24, 2, edges=(10 ** 7, 10 ** 9, 10 ** 16, 10 ** 18, -10 ** 7, -10 ** 9, -10 ** 18))
NUMERATORS = decimals(24, 0, least=0, edges=(10 ** 7, 10 ** 17))
DENOMINATORS = decimals(31, 0, least=0, edges=(10 ** 15, 10 ** 30))
RATES = decimals(24, 4, least=0, edges=(1, 10 ** 5, 10 ** 13))


def lists(*columns):
    return st.lists(st.tuples(*columns), min_size=50, max_size=80)


def check(found: Decimal | None, exact: Fraction, within_bounds: bool, case: tuple) -> None:
    """Exact to the cent, or empty where the amount or the rate can't be one."""
    cents = to_cents(exact)
    if within_bounds and abs(cents) < TOO_MUCH:
        assert found == cents, case
    else:
        assert found is None, case


@seed(SEED)
@MANY
@given(lists(AMOUNTS, NUMERATORS, DENOMINATORS))
def test_a_converted_amount_is_exact_or_empty(engine, rows):
    note(f"LUMBUNG_TEST_SEED={SEED}")
    found = engine.each("convert_money('a', 'n', 'd')",
                        {"a": "decimal(24, 2)", "n": "hugeint", "d": "hugeint"}, rows)
    for value, (amount, numerator, denominator) in zip(found, rows, strict=True):
        if denominator == 0:
            assert value is None
            continue
        check(value, Fraction(amount) * Fraction(numerator) / Fraction(denominator),
              abs(amount) < 10 ** 18 and numerator < 10 ** 17 and denominator <= 10 ** 30,
              (amount, numerator, denominator))


@seed(SEED)
@MANY
@given(lists(AMOUNTS, RATES))
def test_rupiah_are_exact_or_empty(engine, rows):
    note(f"LUMBUNG_TEST_SEED={SEED}")
    found = engine.each("rupiah('a', 'r')", {"a": "decimal(24, 2)", "r": "decimal(24, 4)"}, rows)
    for value, (amount, rate) in zip(found, rows, strict=True):
        check(value, Fraction(amount) * Fraction(rate), abs(amount) < 10 ** 18 and rate < 10 ** 13, (amount, rate))


@seed(SEED)
@MANY
@given(lists(st.integers(-10 ** 9, 10 ** 9), st.integers(1, 10 ** 4)))
def test_half_a_cent_goes_away_from_nought(engine, rows):
    """Every amount here ends in exactly half a cent."""
    note(f"LUMBUNG_TEST_SEED={SEED}")
    halves = [(Decimal(f"{(2 * whole + 1) * factor}E-2"), 1, 2 * factor) for whole, factor in rows]
    found = engine.each("convert_money('a', 'n', 'd')",
                        {"a": "decimal(24, 2)", "n": "hugeint", "d": "hugeint"}, halves)
    assert found == [Decimal(f"{whole + (whole >= 0)}E-2") for whole, _ in rows]


@seed(SEED)
@MANY
@given(lists(decimals(14, 2), decimals(9, 4, least=1), decimals(9, 4, least=1)))
def test_yen_per_hundred_and_yen_per_one_are_the_same_yen(engine, rows):
    """As int_exchange_rates_daily writes them: rate * 10000 * the dollar's unit over the dollar's * the yen's unit."""
    note(f"LUMBUNG_TEST_SEED={SEED}")
    kinds = {"a": "decimal(24, 2)", "n": "hugeint", "d": "hugeint"}
    per_hundred = [(yen, int(rate * 10000), int(usd * 10000) * 100) for yen, rate, usd in rows]
    found = engine.each("convert_money('a', 'n', 'd')", kinds, per_hundred)
    for value, (yen, rate, usd) in zip(found, rows, strict=True):
        check(value, Fraction(yen) * Fraction(rate) / 100 / Fraction(usd), True, (yen, rate, usd))


@seed(SEED)
@MANY
@given(lists(decimals(36, 0), decimals(36, 0, least=1)))
def test_a_quotient_is_rounded_half_up(engine, rows):
    note(f"LUMBUNG_TEST_SEED={SEED}")
    found = engine.each("divide_exactly('n', 'd')", {"n": "hugeint", "d": "hugeint"},
                        [(n, d or 1) for n, d in rows])
    assert found == [half_up(Fraction(n) / Fraction(d or 1)) for n, d in rows]


@seed(SEED)
@MANY
@given(lists(decimals(24, 2, least=1, edges=(10 ** 16,)), decimals(24, 2, least=0, edges=(10 ** 16,))))
def test_growth_is_exact_to_the_second_decimal(engine, rows):
    note(f"LUMBUNG_TEST_SEED={SEED}")
    rows = [(base or Decimal("0.01"), current) for base, current in rows]
    found = engine.each("growth_percent('b', 'c')", {"b": "decimal(24, 2)", "c": "decimal(24, 2)"}, rows)
    for value, (base, current) in zip(found, rows, strict=True):
        percent = to_cents(100 * (Fraction(current) - Fraction(base)) / Fraction(base))
        assert value == (percent if abs(percent) < 10 ** 22 else None), (base, current)


@seed(SEED)
@MANY
@given(lists(decimals(17, 2, least=1), decimals(17, 2, least=0)))
def test_cities_are_ranked_by_growth_and_only_equal_growth_ties(engine, rows):
    note(f"LUMBUNG_TEST_SEED={SEED}")
    rows = [(base or Decimal("0.01"), current) for base, current in rows]
    found = engine.each("growth_to_rank_by('b', 'c')", {"b": "decimal(24, 2)", "c": "decimal(24, 2)"}, rows)
    growth = [Fraction(current) / Fraction(base) for base, current in rows]
    in_order = sorted(range(len(rows)), key=lambda n: growth[n])
    for one, next_one in pairwise(in_order):
        assert found[one] <= found[next_one], (rows[one], rows[next_one])
        if growth[next_one] - growth[one] > Fraction(1, 10 ** 19):
            assert found[one] < found[next_one], (rows[one], rows[next_one])
        if growth[next_one] == growth[one]:
            assert found[one] == found[next_one], (rows[one], rows[next_one])


@pytest.mark.parametrize(("base", "current"), [("3.00", "9000000000000000.00"), ("0.01", "9" * 22 + ".99"),
                                               ("9" * 22 + ".99", "0.00")])
def test_an_absurd_change_ranks_and_stops_nothing(engine, base, current):
    kinds = {"b": "decimal(24, 2)", "c": "decimal(24, 2)"}
    absurd, usual = engine.each("growth_to_rank_by('b', 'c')", kinds, [(base, current), ("100.00", "150.00")])
    assert (absurd > usual) == (Decimal(current) > Decimal(base))


@pytest.mark.parametrize("call", ["convert_money('a', 'a', 'a')", "rupiah('a', 'a')", "growth_percent('a', 'a')",
                                  "growth_to_rank_by('a', 'a')"])
def test_what_is_not_known_stays_so(engine, call):
    assert engine.each(call, {"a": "decimal(24, 2)"}, [(None,)]) == [None]


@seed(SEED)
@MANY
@given(lists(decimals(30, 0, least=0), decimals(30, 0, least=1)))
def test_bounds_are_the_next_whole_number_inwards(engine, rows):
    note(f"LUMBUNG_TEST_SEED={SEED}")
    rows = [(n, d or 1) for n, d in rows]
    kinds = {"n": "hugeint", "d": "hugeint"}
    assert engine.each("rounded_down('n', 'd')", kinds, rows) == [int(n) // int(d) for n, d in rows]
    assert engine.each("rounded_up('n', 'd')", kinds, rows) == [-(-int(n) // int(d)) for n, d in rows]
