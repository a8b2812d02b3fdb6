"""What gates should see in figures that others publish: totals of exports, and the rates of customs."""

from collections.abc import Iterator

from lumbung.sample.faults.good_rows import MARK, csv_text
from lumbung.sample.gate_faults.planted import AGENCY, CRITICAL, WARNING, GateFault, marts, staging

TOTALS, RECONCILED, RATES = "stg_bps__export_totals", "mart_bps_reconciliation", "stg_kmk__exchange_rates"
TITLES = ["Nomor KMK", "Berlaku Dari", "Berlaku Sampai", "Valuta", "Satuan", "Kurs", "Penanda Data"]


def official_totals(month_usd: int) -> Iterator[GateFault]:
    """Published totals of May 2024, in which the sample exported `month_usd`."""
    for kind, wrong, what, checks in (
            ("published_before_the_month", {"Tanggal Terbit": "2024-04-15"}, "published before the month began",
             (staging(TOTALS, "published_after_the_month", CRITICAL),)),
            ("province_of_no_list", {"Kode Provinsi BPS": "09"}, "a province code that is in no list",
             (staging(TOTALS, "province_in_list", WARNING), marts(RECONCILED, "provinces_known", WARNING))),
            ("official_total_off", {"Nilai FOB": f"{month_usd / 100:.2f}", "Tanggal Terbit": "2024-11-15"},
             "a total ten times what was declared, published anew", (marts(RECONCILED, "totals_near_bps", WARNING),))):
        row = {"Bulan": "2024-05", "Kode Provinsi BPS": "32", "Provinsi": "Jawa Barat", "Dasar Provinsi": "origin",
               "Kelompok Komoditas": "non_oil_gas", "Nilai FOB": f"{month_usd / 1000:.2f}", "Satuan": "thousand_usd",
               "Status Angka": "provisional", "Tanggal Terbit": "2024-10-20", "Publikasi": "Contoh publikasi BPS",
               "Penanda Data": MARK} | wrong
        yield GateFault(kind, "bps_export_total", AGENCY, ".csv", csv_text([list(row), list(row.values())]).encode(),
                        what, checks)


def exchange_rates() -> Iterator[GateFault]:
    """Weekly rates of customs, a week of its own each, so that they don't contradict each other."""
    for kind, check, severity, wrong, what in (
            ("rate_hundredfold", "rate_like_the_ecb", CRITICAL, ("2024-01-03", "2024-01-09", "USD", "1538400.00"),
             "a dollar at a hundred times its rate"),
            ("rate_a_fifth_off", "rate_near_the_ecb", WARNING, ("2024-02-07", "2024-02-13", "USD", "18810.00"),
             "a dollar a fifth dearer than it was"),
            ("rate_that_is_nothing", "rate_idr_above_0", CRITICAL, ("2024-03-06", "2024-03-12", "USD", "0"),
             "a dollar for nothing"),
            ("week_upside_down", "week_in_order", CRITICAL, ("2024-04-10", "2024-04-02", "USD", "15890.00"),
             "a week that ends before it begins"),
            ("week_of_months", "week_is_short", WARNING, ("2024-05-08", "2024-09-17", "EUR", "17290.00"),
             "a rate that holds for months"),
            ("weeks_that_overlap", "weeks_do_not_overlap", WARNING, ("2024-06-08", "2024-06-14", "USD", "16250.00"),
             "two rates for one day")):
        first, last = ("2024-06-05", "2024-06-11") if kind == "weeks_that_overlap" else wrong[:2]
        rows = [[f"9{number}/KM.BUATAN/2024", *row[:3], "1", row[3], MARK] for number, row in enumerate(
            [(first, last if last > first else first, "SGD", "11790.00"),
             *([(first, last, "USD", "16240.00")] if kind == "weeks_that_overlap" else []), wrong], start=1)]
        yield GateFault(kind, "exchange_rate", AGENCY, ".csv", csv_text([TITLES, *rows]).encode(), what,
                        (staging(RATES, check, severity),))
