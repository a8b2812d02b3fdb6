"""Dates as offices write them."""

import datetime as dt

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from lumbung.intake.values.dates import SERIAL_START, read_date, read_dates, read_month

DAY = dt.date(2021, 9, 15)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize("text", [
    "15 September 2021", "15/9/2021", "15-09-2021", "15.9.2021", "2021-09-15", "2021/9/15", "20210915", "15 Sep 2021",
    "15 Sept. 2021", "15-Sep-21", "15/9/21", "Rabu, 15 September 2021", "Rabu (15/9/2021)", "September 15, 2021",
    "15th September 2021", "2021-09-15 10:30:00", "15 September 2021 pukul 10.30 WIB", "Wednesday, 15 Sep 2021"])
def test_a_day(text):
    assert read_date(text).value == DAY


@pytest.mark.parametrize(("text", "period", "expected"), [
    ("Rabu (15/9)", "2021-09", DAY), ("15 September", "laporan-2021.xlsx", DAY), ("15/9", "", "date_without_year"),
    ("15/9", "2021-2022", "date_without_year"), ("Kamis (15/9)", "2021", "wrong_weekday"),
    ("15-09-21", "", "ambiguous_date"), ("30-02-2021", "", "bad_date"), ("9/15/2021", "", "bad_date"),
    ("September 2021", "", "bad_date"), ("44454", "", "bad_date"), ("0024-01-06", "", "bad_date"),
    ("1 s.d. 5 Maret 2023", "", "date_range"), ("tidak ada", "", None)])
def test_a_day_needs_its_year_and_one_reading(text, period, expected):
    reading = read_date(text, period)
    assert (reading.reason or reading.value) == expected


@pytest.mark.parametrize("text", [
    "1 s.d. 5 Maret 2023", "1-5 Maret 2023", "1 – 5 Maret 2023", "1 s/d 5 Maret 2023", "1 sampai dengan 5 Maret 2023",
    "1/3/2023 - 5/3/2023", "1 Maret 2023 s.d. 5 Maret 2023", "1 Maret s.d. 5 Maret 2023"])
def test_a_range(text):
    reading = read_dates(text)
    assert (reading.value, reading.parts["end"]) == (dt.date(2023, 3, 1), dt.date(2023, 3, 5))


def test_a_range_over_a_year_and_one_backwards():
    reading = read_dates("30 Desember 2022 - 2 Januari 2023")
    assert (reading.value, reading.parts["end"]) == (dt.date(2022, 12, 30), dt.date(2023, 1, 2))
    assert read_dates("5 s.d. 1 Maret 2023").reason == "bad_date"


def test_serials_only_in_spreadsheets():
    assert read_date("44454", serials=True).value == DAY
    assert read_date("12", serials=True).reason == "bad_date"


@pytest.mark.parametrize("text", ["September 2021", "09/2021", "2021-09", "15/9/2021", "Sept 2021"])
def test_a_month(text):
    assert read_month(text).value == "2021-09"


@pytest.mark.parametrize(("text", "period", "expected"), [
    ("Sep-21", "", "2021-09"), ("Nop '21", "", "2021-11"), ("Agt-21", "daftar 2024", "2021-08"),
    ("Januari", "produksi 2024.csv", "2024-01"), ("Des", "2024", "2024-12"), ("Januari", "", "date_without_year"),
    ("Jan", "2023-2024", "date_without_year"), ("Hari-24", "", "bad_date"), ("Sep 21", "", "bad_date"),
    ("Sep-97", "", "bad_date")])
def test_a_month_as_spreadsheets_head_their_columns(text, period, expected):
    reading = read_month(text, period)
    assert (reading.reason or reading.value) == expected


@given(DAYS)
def test_a_day_comes_back_from_every_written_form(day):
    weekday = format_date(day, "EEEE", locale="id")
    forms = [format_date(day, form, locale=language) for language in ("id", "en")
             for form in ("d MMMM y", "dd MMM y", "d/M/y", "dd-MM-y", "y-MM-dd", "EEEE, d MMMM y", "yMMdd")]
    for text in [*forms, f"{weekday} ({day.day}/{day.month}/{day.year})", str(day).upper()]:
        assert read_date(text).value == day, text
    assert read_date(f"{weekday} ({day.day}/{day.month})", period=f"daftar {day.year}").value == day
    if day >= dt.date(1990, 1, 1):
        assert read_date(str((day - SERIAL_START).days), serials=True).value == (
            day if (day - SERIAL_START).days <= 73_415 else None)


@given(DAYS, st.integers(1, 60))
def test_a_range_comes_back(day, length):
    last = day + dt.timedelta(length)
    text = f"{format_date(day, 'd MMMM y', locale='id')} s.d. {format_date(last, 'd MMMM y', locale='id')}"
    reading = read_dates(text)
    assert (reading.value, reading.parts["end"]) == (day, last)


@given(st.text() | st.text("0123456789/-. sdMeirtmb,()", max_size=30), st.text(max_size=10), st.booleans())
def test_any_text_is_read_or_refused(text, period, serials):
    reading = read_dates(text, period, serials)
    assert not (reading.reason and reading.value is not None)
    assert read_month(text, period).value is None or len(read_month(text, period).value) == 7
