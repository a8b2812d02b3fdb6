"""`mart_growth_contribution`: every decomposition is the whole change, to the cent; and who may be called new."""

import json
import os
import random
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

import pytest
import random_growth
from loaded_warehouse import Warehouse, aju

from lumbung import report, transform
from lumbung.lake.home import Home
from lumbung.publish import publish

SEED = int(os.environ.get("LUMBUNG_SEED") or random.SystemRandom().randrange(10**6))
BY = {"exporter": 0, "product": 1, "market": 2}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    print(f"LUMBUNG_SEED={SEED}")
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("drawn") / "home").make())
    random_growth.plant(warehouse, SEED)
    warehouse.build()
    return warehouse


@pytest.fixture(scope="module")
def release(drawn):
    return publish(drawn.home, "run-1", pinned=[], gates=[], code_version="test",
                   run_time=datetime(2024, 11, 1, tzinfo=UTC), dbt_manifest=transform.manifest_path(drawn.home))


@pytest.fixture(scope="module")
def parts(drawn):
    """(basis, is_synthetic, year, city) -> decomposition -> rows (member, base, current, change in cents, points)."""
    found = defaultdict(lambda: defaultdict(list))
    for basis, synthetic, year, city, decomposition, *row in drawn.rows(
            "SELECT basis, is_synthetic, year, region_code, decomposition, member_key, (base_usd * 100)::BIGINT, "
            "(current_usd * 100)::BIGINT, (change_usd * 100)::BIGINT, points FROM marts.mart_growth_contribution"):
        found[basis, synthetic, year, city][decomposition].append(row)
    return found


def sums(rows: list) -> tuple:
    return tuple(sum(row[n] for row in rows) for n in (1, 2, 3))


def test_every_decomposition_is_the_citys_change(drawn, parts):
    ranking = drawn.rows("""
        SELECT basis, is_synthetic, year, region_code, (base_usd * 100)::BIGINT, (current_usd * 100)::BIGINT, growth_pct
        FROM marts.mart_city_ranking WHERE rule_name = 'headline'
        QUALIFY through_month = max(through_month) OVER (PARTITION BY basis, is_synthetic, year)""")
    assert sum(1 for *_, base, current, _ in ranking if base and current) >= 15
    for *city, base, current, growth in ranking:
        divided = parts.get(tuple(city), {})
        assert set(divided) == ({"exporter", "maker", "product", "market", "margin"} if base or current else set())
        for name, rows in divided.items():
            assert sums(rows) == (base, current, current - base), (SEED, city, name)
            if base:
                assert sum(row[4] for row in rows) == growth, (SEED, city, name)
                # Nobody's points are further from the truth than what largest remainder moves.
                assert all(abs(points - Decimal(100) * change / base) < Decimal("0.0101")
                           for *_, change, points in rows), (SEED, city, name)


def test_the_parts_are_those_of_the_method(drawn, parts):
    worked_out = random_growth.windows(drawn)
    assert {key for key, cells in worked_out.items() if random_growth.by(cells, 0)} == set(parts), SEED
    assert {city for *_, city in parts} == {"32", "32.01", "32.73", "32.76"}
    seen = set()
    for key, divided in parts.items():
        for name, part in BY.items():
            rows = {member: (base, current) for member, base, current, *_ in divided[name]}
            assert rows == random_growth.by(worked_out[key], part), (SEED, key, name)
        changes = {member: change for member, _, _, change, _ in divided["margin"]}
        margins = random_growth.margins(worked_out[key])
        assert {member: changes.get(member, 0) for member in margins} == margins, (SEED, key)
        seen |= set(changes)
    assert seen == {"entering", "leaving", "added", "dropped", "quantity", "price", "unsplit"}, SEED


def test_explain_and_the_mart_say_the_same(drawn, release):
    columns = "member_key, size_rank, entry_kind, base_usd, current_usd, change_usd, points, midpoint_growth_pct, " \
              "midpoint_weight_pct"
    asked = drawn.rows("SELECT DISTINCT basis, year, region_code FROM marts.mart_growth_contribution "
                       "WHERE NOT is_synthetic AND region_code LIKE '32.%'")
    assert len(asked) >= 10
    for basis, year, city in asked:
        found = report.explain(release, city, year, basis=basis)
        for name, rows in found.parts.items():
            assert [tuple(row[column] for column in columns.split(", ")) for row in rows] == drawn.rows(
                f"SELECT {columns} FROM marts.mart_growth_contribution WHERE NOT is_synthetic AND basis = '{basis}' "
                f"AND year = {year} AND region_code = '{city}' AND decomposition = '{name}' ORDER BY size_rank"), (
                SEED, basis, year, city, name)


def test_explain_answers_for_every_month_that_was_ranked(drawn, release):
    months = drawn.rows("SELECT DISTINCT year, through_month, months_compared FROM marts.mart_city_ranking "
                        "WHERE basis = 'peb' AND NOT is_synthetic AND rule_name = 'headline'")
    # Of the first year no month is compared.
    assert len([compared for *_, compared in months if compared]) == 12 + 9
    for year, through, compared in months:
        found = report.explain(release, "32.76", year, f"{through:%Y-%m}")
        assert len(found.months) == compared
        assert {sum(row["change_usd"] for row in rows) for rows in found.parts.values()} == {found.city["change_usd"]}
        json.dumps(report.explanation_rows(found), default=str)


# Exporter -> (city, month) of what it sold; each of them enters Kota Depok in 2024.
ENTRANTS = {
    "new": [("32.76", "2024-03"), ("32.01", "2024-04")],
    "returning": [("32.76", "2022-03"), ("32.76", "2024-03")],
    "long_gone": [("32.76", "2022-02"), ("32.76", "2024-03")],
    "from_nowhere_known": [("32.01", "2023-03"), (None, "2023-03"), ("32.76", "2024-03")],
    "moved": [("32.01", "2023-03"), ("32.76", "2024-03")],
    "moved_this_year": [("32.01", "2024-02"), ("32.76", "2024-03")],
    "by_name_only": [("32.76", "2024-03")],
    "in_review": [("32.76", "2024-03")],
    "with_certificate": [("32.76", "2024-03")],
    "with_oil": [("32.76", "2024-03")],
}


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    """What each exporter's entry is called, in Kota Depok by year."""
    w = Warehouse(Home(tmp_path_factory.mktemp("entries") / "home").make())
    number = count(1)
    w.peb(*({"nomor_aju": aju(next(number)), "registered_on": f"{y}-{m:02}-10", "origin_region_code": "32.01",
             "exporter_party_key": "k1:filler"} for y in (2022, 2023, 2024) for m in range(1, 13)), name="filled.csv")
    w.peb(*({"nomor_aju": aju(next(number)), "registered_on": f"{month}-15", "origin_region_code": city,
             "exporter_party_key": f"k1:{exporter}"} for exporter, sold in ENTRANTS.items() for city, month in sold),
          {"nomor_aju": aju(next(number)), "registered_on": "2023-12-15", "origin_region_code": "32.76",
           "exporter_party_key": "k1:with_oil", "is_oil_gas": True},
          {"nomor_aju": aju(next(number)), "registered_on": "2023-05-15", "exporter_party_key": "k1:early"},
          {"nomor_aju": aju(next(number)), "registered_on": "2024-05-15", "exporter_party_key": None},
          name="entries.csv")
    w.ska({"certificate_number": "1/BDG", "issued_on": "2023-06-01", "exporter_party_key": "k1:with_certificate"})
    w.resolve_as({f"k1:{exporter}": f"ikm_{exporter}" for exporter in (*ENTRANTS, "early")
                  if exporter not in ("by_name_only", "in_review")})
    sure = w.parties
    w.resolve_as({"k1:in_review": "ikm_in_review"}, has_open_review=True)
    w.parties += sure
    w.build()
    return {(year, member): kind for year, member, kind in w.rows(
        "SELECT year, member_key, entry_kind FROM marts.mart_growth_contribution "
        "WHERE basis = 'peb' AND region_code = '32.76' AND decomposition = 'exporter'")}


@pytest.mark.parametrize(("exporter", "kind"), [
    ("new", "new"), ("long_gone", "new"), ("returning", "returning"), ("from_nowhere_known", "returning"),
    ("moved", "moved"), ("moved_this_year", "moved"), ("in_review", "unresolved"),
    ("with_certificate", "returning"), ("with_oil", "returning")])
def test_only_who_exported_nothing_for_24_months_is_new(entries, exporter, kind):
    assert entries[2024, f"ikm_{exporter}"] == kind


def test_who_is_not_known_is_not_called_new(entries):
    assert entries[2024, "unknown"] == "unresolved"
    # Besides, who waits for a person, and who is known by name alone and goes by a key of its own.
    assert sum(kind == "unresolved" for (year, _), kind in entries.items() if year == 2024) == 3


def test_a_short_history_says_so(entries):
    assert entries[2023, "ikm_early"] == "history_too_short"
    assert entries[2024, "ikm_early"] is None        # it leaves
