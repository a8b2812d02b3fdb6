"""The page of quality: its figures are those of the tables, in two languages, in one file that needs nothing else."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from quality_release import RUN_TIME, delivery, load, make, result
from test_report_page import Page

from lumbung.lake.home import PROJECT
from lumbung.report import quality_words
from lumbung.report.quality_chart import receipts_bars, runs_bars
from lumbung.report.quality_page import write_quality_page


def page_of(release, rankings=()) -> tuple[str, Page]:
    text = write_quality_page(release, list(rankings)).read_text(encoding="utf-8")
    return text, Page(text)


def ago(days: int) -> datetime:
    return RUN_TIME - timedelta(days=days)


SILENT = result("no_city_falls_silent", step="marts", table_name="marts.mart_city_export_month", feed="",
                severity="warning", status="warned", owner="reporting officer", rows_failed=2, rows_checked=340,
                observed=0.0, limit_low=1.0, subject="is_synthetic=False, region_code=32.76, month=2024-09-01",
                reason="A city that exported in each of six months has none in the newest.")
CANCELLED = result("cancelled_not_before_submitted", severity="warning", status="warned", rows_failed=1212,
                   rows_checked=51500, reason="A declaration can't be cancelled before it was submitted.")
TURNED_AWAY = result("reject_pct_within_limit", run_id="batch-2", step="raw", table_name="raw.load_profile",
                     agency="dinas-depok", agency_code="dinas-depok", checked_at=ago(2), status="failed",
                     rows_checked=1, rows_failed=1, reason="More rows break the contract than its limit allows.")
STOPPED = [result("header_fob_equals_items", run_id=f"run-{n}", checked_at=ago(n), status="failed", rows_failed=40 + n,
                  reason="A header that is not the sum of its items is a value typed wrong.") for n in (1, 2, 3)]
OLD = result("of_an_earlier_release", run_id="run-old", checked_at=ago(9), status="failed", reason="Long mended.")
SCORE = ("dinas-depok", "", 88.88, 8, 9, 99.91, 11000, 11010, 97.5, 10730, 11005, 100, 10730, 10730, None, 0, 0)
FILES = [load(1, "2024-09-05", rows=4000, rejected=10), load(2, "2024-10-03", rows=1000, rejected=25),
         load(3, "2024-10-03", rows=1000, rejected=0), load(4, "2024-09-05", rows=77, feed="ska")]
DUE = [delivery("dinas-depok", date(2024, 8, 28), "missing", days_late=38),
       delivery("dinas-depok", date(2024, 9, 28), "nil_return"),
       delivery("bea-cukai", date(2024, 9, 28), "late", landed_on=date(2024, 10, 3), days_late=5, feed="peb"),
       delivery("bea-cukai", date(2023, 9, 28), "missing"), delivery("bea-cukai", date(2024, 10, 28), "missing")]
FAILED = [{"suite": "staging.stg_peb__items", "table": "changed.stg_peb__items", "load_ids": ["load-1", "load-2"],
           "expectation": "cancelled_not_before_submitted"}]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make(tmp_path_factory.mktemp("whole"), failed=FAILED, deliveries=DUE, scores=[SCORE], loads=FILES,
                results=[result("hs_code_not_null"), SILENT, CANCELLED, TURNED_AWAY, *STOPPED, OLD])


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    return make(tmp_path_factory.mktemp("bare"), previous=None, results=[result("hs_code_not_null")])


def test_one_file_without_script_or_network(whole, bare):
    for release in (whole, bare):
        text, page = page_of(release, ["peringkat-32-2024.html"])
        assert {"script", "link", "img", "iframe", "object", "image", "use"}.isdisjoint(tag for tag, _ in page.tags)
        assert [url for url in re.findall(r"\w+://[^\s\"')]+", text) if not url.startswith("http://www.w3.org/")] == []
        assert "@import" not in text
        assert "url(" not in text
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        within = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
        assert {href[1:] for href in within if href.startswith("#")} <= set(ids)
        assert [href for href in within if href[0] != "#"] == ["../../manifest.json", "peringkat-32-2024.html"]


def test_the_same_release_gives_the_same_bytes(whole):
    assert page_of(whole)[0] == page_of(whole)[0]


def test_the_verdict_counts_what_the_tables_hold(whole):
    text, page = page_of(whole)
    assert 'class="verdict stopped"' in text
    assert re.findall(r'class="figure"><strong>([^<]+)', text) == ["1.354", "2", "2", "1"]
    assert ("Rilis ini terbit tanpa gagal kritis; 2 peringatan ikut terbit. Sejak rilis sebelumnya, 2 pemeriksaan "
            "kritis menahan berkas atau menghentikan run. 1 kiriman belum datang.") in page.text
    assert ("This release was published without a critical failure; 2 warnings with it. Since the release before, 2 "
            "critical checks held back files or stopped a run. Missing: 1 delivery.") in page.text


def test_what_did_not_hold_says_why_whose_and_how_many(whole):
    _, page = page_of(whole)
    here, kept_out = page.text.split("Yang tertahan sejak")
    assert "PEB tidak dapat dibatalkan sebelum diajukan." in here
    assert "A declaration can't be cancelled before it was submitted." in here
    assert "1.212 / 51.500" in here
    assert "bea-cukai/peb-1.csv, bea-cukai/peb-2.csv" in here
    assert "Kota Depok, September 2024: 0" in here
    assert "paling sedikit 1 at least 1" in here
    assert "petugas pelaporan reporting officer" in here
    assert "More rows break the contract than its limit allows." in kept_out
    assert "Dinas Perdagangan Kota Depok" in kept_out
    assert "41 / 1.500" in kept_out                    # of the newest of three runs
    assert "lumbung check failures --run run-1 --check header_fob_equals_items" in kept_out
    assert "4 Oktober 2024 pukul 10.04 WIB (3×)" in kept_out
    assert "Long mended" not in page.text


def test_trend_deliveries_and_scores_are_those_of_the_tables(whole):
    text, page = page_of(whole)
    assert ["Pemberitahuan Ekspor Barang (PEB)", "3", "6.000", "35", "0,58%", "3 Okt 24"] in page.rows
    assert "5 September 2024: 4.000 baris, 0,2% ditolak; 3 Oktober 2024: 2.000 baris, 1,2% ditolak." in page.text
    assert ["Surat Keterangan Asal (SKA)", "1", "77", "0", "0,00%", "5 Sep 24"] in page.rows
    assert text.count("<article") == 1                 # one day is no trend
    assert "Data yang baru sekali diterima belum memiliki tren." in page.text
    assert "1 dari 3 kiriman belum datang, 1 terlambat." in page.text
    late = [row for row in page.rows if "28 Agu 24" in row or "28 Sep 24" in row]
    assert [(row[0], row[3], row[5]) for row in late] == [
        ("Dinas Perdagangan Kota Depok", "28 Agu 24", "38"), ("Direktorat Jenderal Bea dan Cukai", "28 Sep 24", "5")]
    assert "✕" in text
    score = next(row for row in page.rows if "88,88%8 / 9" in row)
    assert score == ["Dinas Perdagangan Kota Depok", "88,88%8 / 9", "99,91%11.000 / 11.010", "97,50%10.730 / 11.005",
                     "100,00%10.730 / 10.730", "–"]


def test_nothing_to_tell_is_said_in_words(bare):
    text, page = page_of(bare)
    assert 'class="verdict held"' in text
    assert re.findall(r'class="figure"><strong>([^<]+)', text) == ["1.354", "0", "0", "0"]
    for sentence in ("Semua pemeriksaan rilis ini terpenuhi.", "Every check of this release passed.",
                     "ini rilis pertama", "Baru satu run; tren tampak mulai run berikutnya.",
                     "Belum ada kiriman yang jatuh tempo.", "Belum ada yang dapat dinilai.",
                     "There is nothing to score"):
        assert sentence in page.text


def test_warnings_of_files_are_told_once_and_only_of_new_ones(tmp_path):
    warned = {"step": "raw", "table_name": "raw.load_profile", "severity": "warning", "status": "warned",
              "observed": 6.2, "limit_low": 0.2, "limit_high": 5.0, "rows_checked": 2, "rows_failed": 1}
    release = make(tmp_path, results=[
        result("rows_like_its_history", run_id="batch-1", checked_at=ago(1), agency="bea-cukai", **warned),
        result("rows_like_its_history", run_id="batch-2", checked_at=ago(2), agency="dinas-depok", **warned),
        result("rows_like_its_history", run_id="batch-0", checked_at=ago(20), agency="dinas-depok", **warned)])
    text, page = page_of(release)
    assert text.count('class="problem"') == 1
    assert "Di luar batas Beyond limits 2" in page.text
    assert page.text.count("Dinas Perdagangan Kota Depok: 6,2") == 1


def test_made_up_data_are_marked_and_markup_in_names_is_text(tmp_path):
    odd = [{**load(1, "2024-09-05", rows=4), "file_name": "<script>x</script>.csv"}]
    release = make(tmp_path, results=[CANCELLED], loads=odd, failed=FAILED, is_synthetic=True)
    text, page = page_of(release)
    assert page.text.startswith("DATA BUATAN")
    assert "<script" not in text
    assert "<script>x</script>.csv" in page.text


def test_runs_make_a_chart_that_tells_its_figures(tmp_path):
    history = [result("hs_code_not_null", run_id=f"run-{n}", checked_at=ago(20 - n), status="failed" if n == 2 else
                      "passed") for n in range(4)]
    release = make(tmp_path, results=[*history, CANCELLED])
    text, page = page_of(release)
    assert len(re.findall(r'<svg class="chart (?:wide|narrow)"', text)) == 2
    assert "17 September 2024: 1 gagal kritis, 0 peringatan" in page.text
    assert "5 Oktober 2024: 0 gagal kritis, 1 peringatan" in page.text


def test_charts_keep_their_grammar():
    receipts = [{"landed_on": date(2024, 9, day), "rows_read": 10, "rows_rejected": day} for day in (1, 2)]
    assert receipts_bars(receipts).to_dict(validate=True)["layer"]
    runs = [{"run_id": str(n), "checked_at": ago(n), "failed": n, "warned": 1} for n in (1, 2)]
    assert runs_bars(runs, width=350).to_dict(validate=True)["layer"]


def test_every_check_says_why_in_indonesian():
    names = {one["meta"]["name"] for path in (PROJECT / "expectations").rglob("*.json")
             for one in json.loads(path.read_text())["expectations"]}
    assert sorted(name for name in names if not quality_words.reason(name)) == []
    assert quality_words.reason("region_code_in_dim_region") == (
        "Nilai kolom region_code harus ada di tabel dim_region.")
    assert quality_words.reason("of_nobody") == ""


@pytest.mark.parametrize(("value", "told"), [
    (None, "–"), (12.0, "12"), (0.1234, "0,123"), (6.25, "6,2"), (-3.5, "−3,5"), (1234567.8, "1.234.568"),
    (0.0001, "0,0001")])
def test_measures_are_told_shortly(value, told):
    assert quality_words.number(value) == told
