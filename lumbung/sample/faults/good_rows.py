"""Good rows for messy files, by column of the contract, and the headers an office gives the columns."""

import csv
import io
from datetime import date, timedelta

MARK = "DATA BUATAN"
TITLES = {
    "agency_roster": {
        "as_of": "Per Tanggal", "roster_number": "No", "business_name": "Nama IKM", "owner_name": "Nama Pemilik",
        "npwp": "NPWP", "address": "Alamat", "district": "Kecamatan", "region_code": "Kode Wilayah", "phone": "Telp",
        "product_description": "Produk", "workers_male": "Tenaga Kerja Pria",
        "workers_female": "Tenaga Kerja Wanita", "investment_idr": "Nilai Investasi", "revenue_idr": "Omset",
        "is_synthetic": "Penanda Data"},
    "exhibition_participation": {
        "event_code": "Kode Acara", "participation_number": "No", "event_name": "Nama Acara",
        "starts_on": "Tanggal Mulai", "ends_on": "Tanggal Selesai", "recorded_on": "Tanggal Catat",
        "participant_kind": "Jenis Peserta", "business_name": "Nama IKM", "region_code": "Kode Wilayah",
        "participants": "Jumlah Peserta", "funding_idr": "Nilai Dana", "is_synthetic": "Penanda Data"},
    "readiness_assessment": {
        "visit_id": "ID Kunjungan", "visited_on": "Tanggal Kunjungan", "business_name": "Nama IKM",
        "region_code": "Kode Wilayah", "capacity_per_month": "Kapasitas per Bulan", "has_continuity": "Kontinuitas",
        "is_synthetic": "Penanda Data"},
    "buyer_lead": {
        "lead_id": "ID Prospek", "event_code": "Kode Acara", "recorded_on": "Tanggal Catat",
        "business_name": "Nama IKM", "buyer_country_as_stated": "Negara Pembeli", "buyer_country_code": "Kode Negara",
        "stage": "Tahap", "lead_value": "Nilai", "currency": "Valuta", "is_synthetic": "Penanda Data"},
    "reported_figure": {
        "figure_id": "ID Angka", "report_code": "Kode Laporan", "report_title": "Judul Laporan",
        "stated_on": "Tanggal Pernyataan", "subject": "Subjek", "measure": "Ukuran", "value": "Nilai",
        "unit": "Satuan", "value_precision": "Ketelitian", "as_stated": "Kutipan", "is_synthetic": "Penanda Data"}}


def good_row(feed: str, number: int, name: str, day: date) -> dict[str, str]:
    """Row `number` (from 1) of the file `name`; `day` is the edition or the day of the note."""
    when, place = day.isoformat(), "32.76"
    match feed:
        case "agency_roster":
            row = {"as_of": when, "roster_number": str(number), "business_name": f"UD Contoh Berantakan {number}",
                   "owner_name": f"Contoh Pemilik {number}", "npwp": "", "address": f"Jl. Contoh Buatan {number}",
                   "district": "Beji", "region_code": place, "phone": "", "product_description": "Keripik singkong",
                   "workers_male": "2", "workers_female": "3", "investment_idr": str(5_000_000 + number),
                   "revenue_idr": "12000000"}
        case "exhibition_participation":
            row = {"event_code": f"CONTOH-{name.upper()}", "participation_number": str(number),
                   "event_name": "Pameran Contoh", "starts_on": when, "ends_on": (day + timedelta(4)).isoformat(),
                   "recorded_on": (day + timedelta(9)).isoformat(), "participant_kind": "business",
                   "business_name": f"UD Contoh Berantakan {number}", "region_code": place, "participants": "1",
                   "funding_idr": "2500000"}
        case "readiness_assessment":
            row = {"visit_id": f"KB-{name}-{number}", "visited_on": when,
                   "business_name": f"UD Contoh Berantakan {number}", "region_code": place,
                   "capacity_per_month": "120", "has_continuity": "ya"}
        case "buyer_lead":
            row = {"lead_id": f"PB-{name}-{number}", "event_code": "CONTOH-BERANTAKAN", "recorded_on": when,
                   "business_name": f"UD Contoh Berantakan {number}", "buyer_country_as_stated": "Jepang",
                   "buyer_country_code": "JP", "stage": "order", "lead_value": "1500.00", "currency": "USD"}
        case "reported_figure":
            row = {"figure_id": f"AB-{name}-{number}", "report_code": f"CB-{name}", "report_title": "Laporan contoh",
                   "stated_on": when, "subject": "Contoh", "measure": "participants", "value": str(number),
                   "unit": "IKM", "value_precision": "exact", "as_stated": f"{number} IKM (contoh)"}
    return {**row, "is_synthetic": MARK}


def table(feed: str, rows: list[dict[str, str]]) -> list[list[str]]:
    """Header and cells, every column of the feed's titles in order."""
    titles = TITLES[feed]
    return [list(titles.values()), *([row[column] for column in titles] for row in rows)]


def csv_text(cells: list[list[str]], delimiter: str = ",", newline: str = "\n") -> str:
    """Cells as CSV, quoted where they must be."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(cells)
    return out.getvalue()
