"""What gates should see in the lists of offices and in published totals."""

from collections.abc import Iterator
from datetime import date

from lumbung.sample.faults.good_rows import MARK, TITLES, csv_text, good_row
from lumbung.sample.gate_faults.planted import AGENCY, CRITICAL, WARNING, GateFault, marts, staging

DAY = date(2024, 6, 3)
STANDS, FIGURES, TOTALS = "exhibition_participation", "reported_figure", "bps_export_total"
RANGE = {"value_low": "Nilai Bawah", "value_high": "Nilai Atas", "value_text": "Nilai Teks"}


def office_lists() -> Iterator[GateFault]:
    """Stands, figures and enrolments, three good rows before each wrong one."""
    for kind, check, severity, wrong, what in (
            ("ends_before_start", "ends_not_before_start", CRITICAL, {"ends_on": "2024-06-01"},
             "an event ends before it starts"),
            ("business_of_many", "one_business_is_one", WARNING, {"participants": "4"},
             "one business counts as four participants")):
        yield GateFault(kind, STANDS, AGENCY, ".csv", _listed(STANDS, kind, wrong), what,
                        (staging("stg_exhibition__participations", check, severity),))
    for kind, check, severity, wrong, what in (
            ("range_upside_down", "range_in_order", CRITICAL,
             {"value": "", "value_low": "90", "value_high": "30", "value_precision": "range"},
             "the lower end of a range is above the upper"),
            ("nothing_is_stated", "something_is_stated", WARNING, {"value": "nihil", "as_stated": "belum ada"},
             "a figure without number, range or word")):
        yield GateFault(kind, FIGURES, AGENCY, ".csv", _listed(FIGURES, kind, wrong), what,
                        (staging("stg_reports__figures", check, severity),))
    yield _enrolments("trained_before_enrolment", "days_in_order",
                      {"enrolled_on": "2024-04-01", "trained_on": "2024-03-01"}, "trained before it was enrolled")
    yield _enrolments("waits_and_takes_part", "status_fits_days", {"enrolment_status": "waiting"},
                      "on the waiting list with a day of enrolment")


def official_totals(month_usd: int) -> Iterator[GateFault]:
    """Published totals of May 2024, in which the sample exported `month_usd`."""
    thousands = f"{month_usd / 1000:.2f}"
    for kind, check, wrong, what in (
            ("published_before_the_month", staging("stg_bps__export_totals", "published_after_the_month", CRITICAL),
             {"Tanggal Terbit": "2024-04-15"}, "published before the month began"),
            ("province_without_name", marts("mart_bps_reconciliation", "provinces_known", WARNING),
             {"Kode Provinsi BPS": "09"}, "a province code that is in no list"),
            ("official_total_off", marts("mart_bps_reconciliation", "totals_near_bps", WARNING),
             {"Nilai FOB": f"{month_usd / 100:.2f}", "Tanggal Terbit": "2024-11-15"},
             "a total ten times what was declared, published anew")):
        row = {"Bulan": "2024-05", "Kode Provinsi BPS": "32", "Provinsi": "Jawa Barat", "Dasar Provinsi": "origin",
               "Kelompok Komoditas": "non_oil_gas", "Nilai FOB": thousands, "Satuan": "thousand_usd",
               "Status Angka": "provisional", "Tanggal Terbit": "2024-10-20", "Publikasi": "Contoh publikasi BPS",
               "Penanda Data": MARK} | wrong
        yield GateFault(kind, TOTALS, AGENCY, ".csv", csv_text([list(row), list(row.values())]).encode(), what,
                        (check,))


def _listed(feed: str, kind: str, wrong: dict[str, str]) -> bytes:
    rows = [good_row(feed, number, kind.replace("_", "-"), DAY) for number in range(1, 5)]
    rows[-1] |= wrong
    titles = TITLES[feed] | (RANGE if feed == FIGURES else {})
    return csv_text([list(titles.values()), *([row.get(column, "") for column in titles] for row in rows)]).encode()


def _enrolments(kind: str, check: str, wrong: dict[str, str], what: str) -> GateFault:
    titles = {"programme_code": "Kode Program", "number": "No Peserta", "recorded_on": "Tanggal Catat",
              "name": "Nama Usaha", "region": "Kab/Kota", "listed_on": "Tanggal Masuk Daftar",
              "enrolled_on": "Tanggal Ikut", "trained_on": "Tanggal Selesai Latih",
              "enrolment_status": "Status Peserta", "mark": "Penanda Data"}
    rows = [{"programme_code": f"CONTOH-{kind.upper().replace('_', '-')}", "number": str(number),
             "recorded_on": "2024-09-20", "name": f"UD Contoh Gerbang {number}", "region": "32.76",
             "listed_on": "2024-01-10", "enrolled_on": "2024-02-05", "trained_on": "2024-03-20",
             "enrolment_status": "trained", "mark": MARK} for number in range(1, 5)]
    rows[-1] |= wrong | ({"trained_on": ""} if "enrolment_status" in wrong else {})
    return GateFault(kind, "programme_enrolment", AGENCY, ".csv",
                     csv_text([list(titles.values()), *(list(row.values()) for row in rows)]).encode(), what,
                     (marts("fct_programme_enrolment", check, WARNING),))
