"""Odd and broken values of declarations (PEB) and certificates (SKA)."""

from lumbung.sample.faults.planted import Spoilt, bad, odd

NO_COUNTRY = ("bad_pattern", "not_in_list", "unknown_country", "bad_country", "ambiguous_country")
NO_REGION = ("ambiguous_region", "unknown_region", "bad_region", "bad_pattern", "not_in_list")
NO_NUMBER = ("bad_number", "ambiguous_number", "inexact_number")
NO_CODE = ("bad_pattern", "not_in_list", "bad_hs", "bad_currency", "unknown_currency")

COUNTRIES = (("Jepang", "JP"), ("Perancis", "FR"), ("Korea Selatan", "KR"), ("Amerika Serikat", "US"),
             ("Netherlands", "NL"), ("Inggris", "GB"))
REGIONS = (("Kota Depok", "32.76"), ("Kab. Bogor", "32.01"), ("KABUPATEN CIREBON", "32.09"),
           ("Kabupaten Mojokerto", "35.16"))
NOTHING = ("-", "–", "n/a", "tidak ada", "nihil")


def _places(country: str, region: str) -> tuple[Spoilt, ...]:
    return (
        *(odd("country_by_name", country, name, code) for name, code in COUNTRIES),
        *(odd("region_by_name", region, name, code) for name, code in REGIONS),
        bad("unknown_country", country, "Negeri Antah", *NO_COUNTRY),
        bad("homonym_region", region, "Mojokerto", *NO_REGION),
        bad("district_for_region", region, "Kecamatan Depok", *NO_REGION))


PEB = (
    bad("number_in_words", "item_fob", "menyusul kemudian", *NO_NUMBER),
    bad("negative_amount", "item_fob", "-250.00", "out_of_range"),
    bad("hs_of_seven_digits", "hs_code", "9403609", *NO_CODE),
    bad("missing_required", "hs_code", "", "missing_value"),
    bad("impossible_date", "registered_on", "2023-02-31", "bad_date"),
    bad("missing_required", "currency", "", "missing_value"),
    bad("unknown_currency", "currency", "DOLAR", *NO_CODE),
    bad("missing_required", "exporter_name", "", "missing_value"),
    bad("bad_yes_no", "is_oil_gas", "3", "bad_yes_no"),
    bad("number_with_words", "net_weight_kg", "12 karung", *NO_NUMBER),
    bad("aju_of_25_characters", "nomor_aju", "", "bad_pattern"),
    odd("aju_with_dashes", "nomor_aju", "", ""),
    odd("npwp_with_dots", "exporter_npwp", "99.999.998.1-402.000", "999999981402000"),
    odd("hs_with_dots", "hs_code", "9403.60.90", "94036090"),
    odd("untidy_code", "currency", " usd ", "USD"),
    *(odd("nothing_in_words", "incoterm", word, "null") for word in NOTHING),
    *_places("destination_country_code", "origin_region_code"))

SKA = (
    bad("unknown_choice", "status", "terbit", "not_in_list"),
    bad("hs_of_five_digits", "hs_code", "94036", *NO_CODE),
    bad("hs_of_seven_digits", "hs_code", "9403609", *NO_CODE),
    bad("number_in_words", "item_value", "Rp banyak", *NO_NUMBER),
    bad("impossible_date", "issued_on", "30 Februari 2023", "bad_date"),
    bad("impossible_date", "issued_on", "31/4/2023", "bad_date"),
    bad("missing_required", "destination_country_code", "", "missing_value"),
    bad("unknown_choice", "value_basis", "cif", "not_in_list"),
    bad("missing_required", "exporter_name", "-", "missing_value"),
    bad("negative_amount", "net_weight_kg", "-4", "out_of_range"),
    odd("date_in_words", "issued_on", "15 September 2021", "2021-09-15"),
    odd("date_with_slashes", "issued_on", "15/9/2021", "2021-09-15"),
    odd("npwp_with_dots", "exporter_npwp", "99.999.998.1-402.000", "999999981402000"),
    odd("hs_with_dots", "hs_code", "9403.60", "940360"),
    *(odd("nothing_in_words", "maker_name", word, "null") for word in NOTHING),
    *_places("destination_country_code", "exporter_region_code"))

PEB_JSON = {"currency": "kodeValuta", "registered_on": "tanggalDaftar", "is_oil_gas": "flagMigas", "item_fob": "fob",
            "hs_code": "posTarif", "net_weight_kg": "netto", "nomor_aju": "nomorAju", "incoterm": "kodeIncoterm",
            "destination_country_code": "kodeNegaraTujuan", "origin_region_code": "kodeDaerahAsal"}
PEB_PARTY = {"exporter_name": "namaEntitas", "exporter_npwp": "nomorIdentitas"}
PEB_CSV = {"currency": "Valuta", "registered_on": "Tanggal Daftar", "is_oil_gas": "Migas", "item_fob": "FOB",
           "hs_code": "Pos Tarif", "net_weight_kg": "Netto", "exporter_name": "Nama Eksportir",
           "nomor_aju": "Nomor Aju", "incoterm": "Incoterm", "destination_country_code": "Negara Tujuan",
           "origin_region_code": "Daerah Asal", "exporter_npwp": "NPWP"}
SKA_CSV = {"status": "Status", "hs_code": "Kode HS", "item_value": "Nilai", "issued_on": "Tanggal Terbit",
           "destination_country_code": "Negara Tujuan", "value_basis": "Dasar Nilai",
           "exporter_name": "Nama Eksportir", "net_weight_kg": "Netto", "exporter_npwp": "NPWP",
           "maker_name": "Nama Produsen", "exporter_region_code": "Kode Wilayah Eksportir"}
OF_ITEM = ("item_fob", "hs_code", "net_weight_kg", "origin_region_code")
