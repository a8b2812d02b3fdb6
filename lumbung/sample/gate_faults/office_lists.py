"""What gates should see in the lists of offices and in published figures: three good rows before each wrong one."""

from collections.abc import Iterator
from datetime import date

from lumbung.sample.faults.good_rows import MARK, TITLES, csv_text, good_row
from lumbung.sample.gate_faults.planted import (
    AGENCY,
    CRITICAL,
    WARNING,
    Check,
    GateFault,
    load,
    marts,
    staging,
)

DAY = date(2024, 6, 3)
STANDS, LEADS, FIGURES = "exhibition_participation", "buyer_lead", "reported_figure"
VISITS, ROSTER, MEMBERS, TARGETS = "readiness_assessment", "agency_roster", "programme_enrolment", "programme_target"
TABLES = {STANDS: "stg_exhibition__participations", LEADS: "stg_buyers__leads", FIGURES: "stg_reports__figures",
          VISITS: "stg_readiness__visits", ROSTER: "stg_roster__businesses", MEMBERS: "stg_enrolment__members",
          TARGETS: "stg_programme__targets"}
MORE_TITLES = {
    FIGURES: {"value_low": "Nilai Bawah", "value_high": "Nilai Atas", "value_text": "Nilai Teks"},
    VISITS: {"demand_per_month": "Permintaan per Bulan", "capacity_unit": "Satuan"},
    ROSTER: {"registered_month": "Bulan Daftar Usaha", "capacity_per_month": "Kapasitas Produksi per Bulan",
             "capacity_unit": "Satuan"},
    MEMBERS: {"programme_code": "Kode Program", "enrolment_number": "No Peserta", "recorded_on": "Tanggal Catat",
              "business_name": "Nama Usaha", "region_code": "Kab/Kota", "listed_on": "Tanggal Masuk Daftar",
              "enrolled_on": "Tanggal Ikut", "trained_on": "Tanggal Selesai Latih",
              "enrolment_status": "Status Peserta", "is_synthetic": "Penanda Data"},
    TARGETS: {"target_id": "ID Target", "area_number": "No Area", "programme_code": "Kode Program",
              "programme_name": "Nama Program", "target_year": "Tahun", "region_code": "Kode Wilayah",
              "measure": "Ukuran", "target_value": "Target", "unit": "Satuan", "value_precision": "Ketelitian",
              "stated_on": "Tanggal Pernyataan", "source_document": "Dokumen Sumber", "is_synthetic": "Penanda Data"}}

# feed, kind, name of the check in staging, how much it weighs, the wrong values, what is wrong
WRONG = (
    (STANDS, "ends_before_start", "ends_not_before_start", CRITICAL, {"ends_on": "2024-06-01"},
     "an event ends before it starts"),
    (STANDS, "event_of_a_year", "event_within_a_season", WARNING, {"ends_on": "2025-06-07"}, "an event of a year"),
    (STANDS, "business_of_many", "one_business_is_one", WARNING, {"participants": "4"},
     "one business counts as four participants"),
    (LEADS, "lead_without_currency", "value_has_currency", WARNING, {"currency": ""}, "a value without its currency"),
    (FIGURES, "range_upside_down", "range_in_order", CRITICAL,
     {"value": "", "value_low": "90", "value_high": "30", "value_precision": "range"},
     "the lower end of a range is above the upper"),
    (FIGURES, "out_of_its_range", "value_within_its_range", WARNING, {"value_low": "90", "value_high": "120"},
     "a figure lies outside its range"),
    (FIGURES, "nothing_is_stated", "something_is_stated", WARNING,
     {"value": "nihil", "as_stated": "jumlahnya akan menyusul"}, "a figure without number, range or word"),
    (VISITS, "capacity_without_unit", "capacity_has_unit", WARNING, {"capacity_unit": ""}, "a capacity without unit"),
    (VISITS, "capacity_in_another_unit", "capacity_like_its_demand", WARNING, {"capacity_per_month": "900000"},
     "a capacity a thousand times what is asked for"),
    (ROSTER, "registered_after_the_list", "registered_before_the_edition", WARNING, {"registered_month": "2025-02"},
     "registered after the list was made"),
    (ROSTER, "maker_of_an_industry", "not_a_large_industry", WARNING, {"workers_male": "2400"},
     "a small maker with 2,400 workers"),
    (ROSTER, "makes_without_unit", "capacity_has_unit", WARNING, {"capacity_unit": ""}, "a capacity without unit"),
    (MEMBERS, "enrolled_before_the_list", "enrolled_not_before_listed", WARNING, {"listed_on": "2024-02-20"},
     "enrolled before it was listed"),
    (MEMBERS, "listed_after_the_list", "listed_before_the_list", WARNING,
     {"listed_on": "2024-10-11", "enrolled_on": "", "trained_on": "", "enrolment_status": "waiting"},
     "listed after the list was made"),
    (TARGETS, "target_of_another_age", "year_near_the_statement", WARNING, {"target_year": "2094"},
     "a target of seventy years later"),
    (TARGETS, "more_than_the_whole", "areas_within_the_whole", WARNING, {"target_value": "500"},
     "an area has more than the whole"))

# The day that a list is of, which can't be long after it came.
DAYS = {STANDS: "recorded_on", LEADS: "recorded_on", FIGURES: "stated_on", VISITS: "visited_on",
        MEMBERS: "recorded_on", TARGETS: "stated_on"}


def office_lists() -> Iterator[GateFault]:
    """Lists of offices and figures of reports."""
    for feed, column in DAYS.items():
        yield _fault(feed, f"{feed}_to_come", {column: "2098-03-14"}, "a row of 2098",
                     load("some_dates_after_landing", WARNING),
                     staging(TABLES[feed], f"{column.removesuffix('_on')}_not_in_future", WARNING))
    for feed, kind, check, severity, wrong, what in WRONG:
        yield _fault(feed, kind, wrong, what, staging(TABLES[feed], check, severity))
    yield _fault(MEMBERS, "trained_before_enrolment", {"enrolled_on": "2024-04-01", "trained_on": "2024-03-01"},
                 "trained before it was enrolled",
                 staging(TABLES[MEMBERS], "trained_not_before_enrolled", WARNING),
                 marts("fct_programme_enrolment", "days_in_order", WARNING))
    yield _fault(MEMBERS, "waits_and_takes_part", {"enrolment_status": "waiting", "trained_on": ""},
                 "on the waiting list with a day of enrolment",
                 staging(TABLES[MEMBERS], "status_agrees_with_days", WARNING),
                 marts("fct_programme_enrolment", "status_fits_days", WARNING))


def _fault(feed: str, kind: str, wrong: dict[str, str], what: str, *checks: Check) -> GateFault:
    name = kind.replace("_", "-")
    rows = [_good(feed, number, name) for number in range(1, 5)]
    rows[-1] |= wrong
    titles = TITLES.get(feed, {}) | MORE_TITLES.get(feed, {})
    cells = [list(titles.values()), *([row.get(column, "") for column in titles] for row in rows)]
    return GateFault(kind, feed, AGENCY, ".csv", csv_text(cells).encode(), what, checks)


def _good(feed: str, number: int, name: str) -> dict[str, str]:
    match feed:
        case "programme_enrolment":
            return {"programme_code": f"CONTOH-{name.upper()}", "enrolment_number": str(number),
                    "recorded_on": "2024-09-20", "business_name": f"UD Contoh Gerbang {number}", "region_code": "32.76",
                    "listed_on": "2024-01-10", "enrolled_on": "2024-02-05", "trained_on": "2024-03-20",
                    "enrolment_status": "trained", "is_synthetic": MARK}
        case "programme_target":
            return {"target_id": f"TB-{name}", "area_number": str(number - 1),
                    "programme_code": f"CONTOH-{name.upper()}", "programme_name": "Pelatihan contoh",
                    "target_year": "2024", "region_code": "32" if number == 1 else f"32.0{number}",
                    "measure": "participants",
                    "target_value": "100" if number == 1 else "20", "unit": "IKM", "value_precision": "exact",
                    "stated_on": "2024-01-15", "source_document": "Surat contoh", "is_synthetic": MARK}
    row = good_row(feed, number, name, DAY)
    match feed:
        case "readiness_assessment":
            return row | {"demand_per_month": "150", "capacity_unit": "PCE"}
        case "agency_roster":
            return row | {"registered_month": "2019-04", "capacity_per_month": "80", "capacity_unit": "PCE"}
    return row
