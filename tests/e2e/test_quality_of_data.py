"""What gates found stands in the next release, and an agency's scorecard is what one counts by hand."""

import json
import shutil
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from lumbung import deliveries, publish
from lumbung.lake.home import Home

AGENCY = "disdag-contoh"
HEAD = ("ID Prospek,Kode Acara,Tanggal Catat,Nama IKM,NPWP,NIB,Kode Wilayah,Negara Pembeli,Kode Negara,Tahap,Nilai,"
        "Valuta,Kutipan,Penanda Data")
CHECK = "registered_not_before_submitted"


def quarter(back: int) -> date:
    """The first day of the quarter so many before the present one."""
    today = deliveries.today()
    months = today.year * 12 + (today.month - 1) // 3 * 3 - 3 * back
    return date(months // 12, months % 12 + 1, 1)


def lead(number: int, day: date | str, country: str = "Jepang", value: str = "12500.00") -> str:
    return f"C-{number},INACRAFT-2023-1,{day},CV Contoh,,,32.76,{country},JP,quotation,{value},USD,,DATA BUATAN"


@pytest.fixture(scope="module")
def story(clean_run, small_inbox, tmp_path_factory):
    """An office of three quarters, two of them sent late; in the run that takes them in a declaration fails, is
    withdrawn, and the next run makes the release. Gives the office and the load that was withdrawn."""
    office = type(clean_run)(tmp_path_factory.mktemp("quality") / "home", clean_run.command)
    shutil.copytree(clean_run.root, office.root, symlinks=True)
    first, second = quarter(4) + timedelta(days=40), quarter(3) + timedelta(days=40)
    for name, rows in {
            "satu": [lead(1, first), lead(2, first), lead(3, first, country=""), lead(4, "kapan-kapan"),
                     lead(1, first), lead(6, first)],
            "dua": [lead(7, second), lead(8, second), lead(2, first, value="21500.00")]}.items():
        office.put(f"buyer_lead/{AGENCY}/{name}.csv", "\n".join([HEAD, *rows]) + "\n")
    source = sorted(small_inbox.glob("peb/*/*.jsonl"))[0]
    document = json.loads(source.read_text(encoding="utf-8").splitlines()[0])
    document["nomorAju"] = document["nomorAju"][:20] + "999999"
    document["tanggalDaftar"] = f"{int(document['nomorAju'][12:16]) - 1}-01-01"
    office.put("peb/bea-cukai/keliru.json", json.dumps(document))
    office.lumbung("run", fails=True)
    (load,) = [load for load in office.data("loads") if load["file_name"] == "keliru.json"]
    office.lumbung("loads", "withdraw", load["load_id"], "--reason", "wrong date")
    office.lumbung("run")
    return office


def rows(office, sql: str) -> list[tuple]:
    with publish.current(Home(office.root)).connect() as connection:
        return connection.execute(sql).fetchall()


def test_a_run_that_was_stopped_stands_in_the_next_release(story):
    found = rows(story, "SELECT run_id, agency, status, rows_failed > 0 FROM mart_data_quality "
                        f"WHERE check_name = '{CHECK}' ORDER BY checked_at, run_id")
    assert [one[1:] for one in found if one[2] != "passed"] == [("", "failed", True)]
    stopped = {run_id for run_id, _, status, _ in found if status == "failed"}
    assert story.manifest["run_id"] in {run_id for run_id, _, status, _ in found if status == "passed"} - stopped
    assert rows(story, "SELECT count(*) FROM mart_data_quality GROUP BY run_id, step, table_name, check_name, feed, "
                       "agency HAVING count(*) > 1") == []
    # Files of both runs and of the one before, each as its batch was judged.
    assert rows(story, "SELECT count(DISTINCT agency) > 3, count(DISTINCT run_id) > 5 FROM mart_data_quality "
                       "WHERE step = 'raw'") == [(True, True)]


def test_late_and_missing_deliveries(story):
    """All that was expected of customs since 2021 came today or never; what came on one day is nobody's custom."""
    today = deliveries.day_of(story.manifest["run_time"])
    found = rows(story, "SELECT period_from, due_on, landed_on, days_late, delivery_status, source "
                        "FROM mart_feed_delivery WHERE agency_code = 'bea-cukai' ORDER BY due_on")
    months = [date(year, month, 1) for year in range(2021, today.year + 1) for month in range(1, 13)]
    due = {month: after + timedelta(days=9) for month, after in pairwise(months)}
    sent = {month for month, in rows(story, "SELECT DISTINCT date_trunc('month', registered_on)::DATE FROM "
                                            "fct_export_item")}
    assert len(sent & due.keys()) > 5
    assert found == [(month, due[month], *((today, (today - due[month]).days, "late") if month in sent else
                                           (None, (today - due[month]).days, "missing")), "expected")
                     for month in due if due[month] < today]
    assert {agency for agency, in rows(story, "SELECT agency_code FROM mart_feed_delivery")} == {
        "bea-cukai", "ipska-jabar"}


def test_a_scorecard_is_what_one_counts_by_hand(story):
    """Nine rows were read: one lacks its country, one its date. Of seven that came in one is a copy, and one
    contradicts what the other file says of lead 2."""
    scores = rows(story, "SELECT * EXCLUDE (feed, window_from, window_to) FROM mart_agency_scorecard "
                         f"WHERE agency_code = '{AGENCY}' AND feed IN ('buyer_lead', '') ORDER BY feed")
    assert scores == 2 * [(
        AGENCY, None, 0, 0, Decimal("88.88"), 8, 9, Decimal("88.88"), 8, 9, Decimal("85.71"), 6, 7,
        Decimal("85.71"), 6, 7)]
    assert rows(story, "SELECT timeliness_pct, timeliness_numerator, timeliness_denominator FROM mart_agency_scorecard "
                       "WHERE agency_code = 'bea-cukai' AND feed = 'peb'") == rows(
        story, "SELECT 0::DECIMAL(5, 2), 0, count(*) FROM mart_feed_delivery WHERE agency_code = 'bea-cukai' "
               "AND due_on >= (SELECT max(window_from) FROM mart_agency_scorecard)")
    assert rows(story, "SELECT DISTINCT window_to FROM mart_agency_scorecard") == [
        (deliveries.day_of(story.manifest["run_time"]),)]


def test_the_public_tree_says_nothing_of_it(story):
    release = publish.current(Home(story.root))
    public = [path.read_bytes() for path in (release.path / "public").rglob("*") if path.is_file()]
    assert public
    assert not any(word.encode() in content for content in public for word in (AGENCY, CHECK, "scorecard"))
    assert publish.verify(Home(story.root), release) == []
