"""`mart_revision_triangle`: a month as it stood some months later, by the documents' own dates."""

from decimal import Decimal


def triangle(rows, basis: str, month: str, columns: str = "lag_months, fob_usd") -> list[tuple]:
    return rows(columns, "mart_revision_triangle",
                f"basis = '{basis}' AND place_code = '32.73' AND reference_month = DATE '{month}-01'")


def test_corrections_cancellations_and_replacements_count_from_their_day(rows):
    # 1000 until April, then 700; 500 gone within the month; 300 until March; 250 all along; 60 until June.
    assert triangle(rows, "peb", "2024-02") == [(0, 1610), (1, 1310), (2, 1010), (3, 1010)] + [
        (lag, 950) for lag in range(4, 13)]
    assert triangle(rows, "peb", "2024-03") == [(lag, 310) for lag in range(13)]


def test_what_a_month_still_changed(rows):
    found = triangle(rows, "peb", "2024-02", "lag_months, latest_usd, change_since_usd, change_since_pct")
    assert found[0] == (0, 950, -660, Decimal("-40.99"))
    assert found[4] == (4, 950, 0, Decimal("0.00"))


def test_certificates_that_went_without_a_date_are_in_no_figure_and_told_apart(rows):
    # 400 until March, then 450; 100 until April; 80 until May; 200 went nobody knows when.
    found = triangle(rows, "ska", "2024-02", "lag_months, fob_usd, undated_usd")
    assert found == [(0, 580, 200), (1, 630, 200), (2, 530, 200)] + [(lag, 450, 200) for lag in range(3, 11)]


def test_lags_end_with_the_last_month_there_is(rows):
    where = "basis = 'peb' AND place_code = '32.01' AND reference_month = DATE '2025-02-01'"
    assert rows("lag_months", "mart_revision_triangle", where) == [(0,), (1,)]


def test_the_order_and_time_of_arrival_change_nothing(built, tmp_path):
    from exports_by_hand import _versions
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    class Backwards(Warehouse):
        def peb(self, *rows, **how):
            return super().peb(*reversed(rows), **how | {"name": f"again-{how['name']}"})

    other = Backwards(Home(tmp_path / "home").make())
    _versions(other)
    other.build()
    query = ("SELECT reference_month, lag_months, fob_usd, latest_usd FROM marts.mart_revision_triangle "
             "WHERE basis = 'peb' AND place_code = '32.73' AND lag_months < 2 ORDER BY ALL")
    assert other.rows(query) == [row for row in built.rows(query) if row[0].month == 2 or row[1] == 0]


def test_today_is_what_the_month_mart_says(built):
    assert built.rows("""
        SELECT count(*), count(*) FILTER (t.latest_usd = m.fob_usd)
        FROM marts.mart_revision_triangle t JOIN marts.mart_city_export_month m
        ON t.basis = m.basis AND t.is_synthetic = m.is_synthetic AND t.place_code = m.region_code
        AND t.reference_month = m.month WHERE t.lag_months = 0""") in [[(n, n)] for n in range(60, 200)]
