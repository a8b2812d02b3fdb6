"""Which rows a ranking has, how they stand in JSON and on a terminal, and what it says when there are none."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import duckdb
import pytest
from rich.console import Console

from lumbung.errors import LumbungError, UsageError
from lumbung.report import as_json, elsewhere, print_ranking, print_rules, rank, words


def printed(ranking, width: int) -> str:
    out = StringIO()
    print_ranking(ranking, Console(file=out, width=width))
    return out.getvalue()


def test_ranked_first_then_the_others_with_their_reason(made_up):
    ranking = rank(made_up, "32", 2024, basis="ska")
    assert (len(ranking.ranked), len(ranking.unranked), len(ranking.rows)) == (23, 4, 27)
    assert [r["rank"] for r in ranking.rows[:7]] == [1, 2, 3, 4, 5, 5, 7]
    assert [(r["region_code"], r["flags"]) for r in ranking.rows[23:]] == [
        ("32.07", ["data_buatan", "few_exporters"]), ("32.18", ["data_buatan", "new"]),
        ("32.72", ["data_buatan", "below_floor"]), ("32.79", ["data_buatan", "no_exports"])]
    assert sorted(ranking.rows[4]["flags"]) == ["data_buatan", "tie"]
    assert all(r["growth_pct"] >= s["growth_pct"] for r, s in zip(ranking.ranked, ranking.ranked[1:], strict=False))


def test_without_a_month_the_last_one_is_taken(made_up):
    assert rank(made_up, "32", 2024, basis="ska").through.month == 9
    june = rank(made_up, "32", 2024, "2024-06", "ska")
    assert (june.through.month, june.months_compared) == (6, 5)


def test_real_figures_win_over_made_up_ones(mixed):
    ranking = rank(mixed, "32", 2024, basis="ska")
    assert not ranking.is_synthetic
    # Although made-up rows go on to September.
    assert ranking.through.month == 6
    assert len(ranking.rows) == 27
    assert "data_buatan" not in {flag for row in ranking.rows for flag in row["flags"]}
    assert "DATA BUATAN" not in printed(ranking, 100)
    with pytest.raises(LumbungError, match="through 2024-09"):
        rank(mixed, "32", 2024, "2024-09", "ska")


def test_json_numbers_are_the_figures_of_the_release(made_up):
    rows = json.loads(as_json(rank(made_up, "32", 2024, basis="ska")), parse_float=Decimal)
    assert [list(row) for row in rows] == [["rank", "region_code", "region_name", "base_usd", "current_usd",
                                            "growth_pct", "change_usd", "exporters", "flags"]] * 27
    with made_up.connect() as con:
        stored = con.execute(
            "SELECT rank, region_code, base_usd, current_usd, growth_pct, change_usd, exporters "
            "FROM mart_city_ranking WHERE basis = 'ska' AND through_month = DATE '2024-09-01' "
            "ORDER BY rank NULLS LAST, region_code").fetchall()
    assert [tuple(row[k] for k in ("rank", "region_code", "base_usd", "current_usd", "growth_pct", "change_usd",
                                   "exporters")) for row in rows] == stored


def test_a_number_too_long_for_a_float_stays_exact(made_up):
    ranking = rank(made_up, "32", 2024, basis="ska")
    ranking.rows[0]["base_usd"] = Decimal("9007199254740993.01")
    assert '"base_usd": 9007199254740993.01,' in as_json(ranking)


@pytest.mark.parametrize(("asked", "says"), [
    (("33", 2024, None, "ska"), "province 32, 2024 through 2024-09, ska"),
    (("32", 2019, None, "ska"), "province 32, 2024 through 2024-09, ska"),
    (("32", 2024, "2024-07", "ska"), "through 2024-07.*There is: province 32, 2024 through 2024-09"),
    (("32' OR 1=1 --", 2024, None, "ska"), "no ranking of province 32' OR")])
def test_what_is_not_there_is_answered_with_what_is(made_up, asked, says):
    with pytest.raises(LumbungError, match=says) as caught:
        rank(made_up, *asked)
    assert caught.value.exit_code == 1


def test_an_unknown_rule_or_a_missing_basis_lists_what_exists(mixed):
    with pytest.raises(LumbungError, match=r"rule other.*province 32, 2024 through 2024-09, ska"):
        rank(mixed, "32", 2024, basis="ska", rule="other")
    with pytest.raises(LumbungError, match=r"by peb.*ska"):
        rank(mixed, "32", 2024, basis="peb")


@pytest.mark.parametrize(("through", "basis"), [("2024-13", "ska"), ("2023-09", "ska"), ("9", "ska"), (None, "pib")])
def test_what_cannot_be_is_wrong_usage(made_up, through, basis):
    with pytest.raises(UsageError) as caught:
        rank(made_up, "32", 2024, through, basis)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_and_says_what_belongs_to_it(made_up, width):
    text = printed(rank(made_up, "32", 2024, basis="ska"), width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    flat = " ".join(text.split())
    assert ("DATA BUATAN · Pertumbuhan ekspor kota/kabupaten Jawa Barat, Januari–September 2024 terhadap "
            "Januari–September 2023 · SKA · tertinggi di antara 23 dari 27") in flat
    assert "833.333.326 1.401.666.654" in flat
    assert "+68,2%" in flat
    assert "Aturan headline v1: nilai pembanding minimal US$100.000, minimal 3 eksportir." in flat
    assert made_up.id in flat
    assert "Tanpa peringkat, nilai pembanding di bawah batas: Kota Sukabumi" in flat
    assert "DATA BUATAN: angka ini dibuat" in flat
    assert ("Selisih" in flat) == (width == 120)


def test_growth_is_rounded_once_as_in_the_public_table(tmp_path, make_release, ranking_rows):
    """13.0500005 % is stored as 13.05 and printed as 13,1; half a tenth goes away from zero, also below it."""
    release = make_release(tmp_path, ranking_rows("ska", "2024-09", synthetic=True, months=9), more={
        "base_amount": Decimal("200000000.00"), "current_amount": Decimal("226100001.00")})
    ranking = rank(release, "32", 2024, basis="ska")
    assert "+13,1%" in printed(ranking, 120)
    assert [words.percent(value) for value in (Decimal("13.049"), Decimal("13.05"), Decimal("13.15"), Decimal("-2.25"),
                                               Fraction(1, 20), Decimal(0), None)] == [
        "+13,0%", "+13,1%", "+13,2%", "−2,3%", "+0,1%", "+0,0%", "–"]


def test_months_that_were_left_out_are_told(made_up):
    assert "Hanya 5 dari 6 bulan" in printed(rank(made_up, "32", 2024, "2024-06", "ska"), 100)
    assert "Hanya" not in printed(rank(made_up, "32", 2024, "2024-09", "ska"), 100)


def test_status_and_left_out_months_are_told_where_the_release_has_them(tmp_path, make_release, ranking_rows):
    told = make_release(tmp_path, ranking_rows("ska", "2024-09", synthetic=True, months=8), more={
        "rule_version": 1, "is_in_force": True, "window_kind": "trailing_twelve", "measure": "fob_usd",
        "months_left_out": "2023-11,2024-02", "cut_off_month": date(2024, 9, 1), "is_final": False,
        "rank_without_largest": None, "depends_on_few": True, "ranks_elsewhere": "no_floor/ska:2,weight/peb:-"})
    ranking = rank(told, "32", 2024, basis="ska")
    text = " ".join(printed(ranking, 120).split())
    assert "Oktober 2023–September 2024 terhadap Oktober 2022–September 2023" in text
    assert "Hanya 8 dari 12 bulan" in text
    assert "(2023-11, 2024-02)" in text
    assert "Sementara; data sampai September 2024." in text
    first = elsewhere(told, ranking)[0]
    assert (first.rank, first.others, first.rank_without_largest) == (1, {"no_floor/ska": 2, "weight/peb": None}, None)
    out = StringIO()
    print_rules(ranking, elsewhere(told, ranking), Console(file=out, width=120))
    assert "tetapi tidak menurut no_floor/ska (2), weight/peb (–)." in " ".join(out.getvalue().split())


def test_a_release_from_before_cannot_tell_of_other_rules(made_up):
    with pytest.raises(LumbungError, match="does not tell of other rules"):
        elsewhere(made_up, rank(made_up, "32", 2024, basis="ska"))


def test_the_release_is_closed_afterwards(made_up):
    rank(made_up, "32", 2024)
    # A connection with other settings is refused while one is open in this process.
    duckdb.connect(made_up.path / "internal/warehouse.duckdb", read_only=True, config={"threads": 1}).close()
