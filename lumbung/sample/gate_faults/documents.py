"""What gate staging should see in declarations and certificates: parts of a document that can't both be right."""

from collections.abc import Callable, Iterator

from lumbung.sample.gate_faults.certificates import Certificates, changed, sheet
from lumbung.sample.gate_faults.declarations import Declarations, json_lines
from lumbung.sample.gate_faults.planted import AGENCY, CRITICAL, WARNING, GateFault, load, staging

ITEMS, CERTIFIED = "stg_peb__items", "stg_ska__items"


def declarations(peb: Declarations) -> Iterator[GateFault]:
    """Declarations against themselves."""
    for kind, check, severity, spoil, what in (
            ("registered_before_submission", "registered_not_before_submitted", CRITICAL,
             lambda d: d | {"tanggalDaftar": "2023-12-30"}, "registered months before it was submitted"),
            ("day_that_never_was", "nomor_aju_shape", CRITICAL,
             lambda d: d | {"nomorAju": f"{d['nomorAju'][:12]}20240231{d['nomorAju'][20:]}"},
             "the submission number says 31 February"),
            ("number_of_another_document", "nomor_aju_document_code", WARNING,
             lambda d: d | {"nomorAju": f"{d['nomorAju'][:4]}20{d['nomorAju'][6:]}"},
             "the submission number is that of an import"),
            ("cancelled_before_submission", "cancelled_not_before_submitted", WARNING,
             lambda d: d | {"tanggalBatal": "2023-12-30"}, "cancelled months before it was submitted"),
            ("header_not_its_items", "header_fob_equals_items", CRITICAL,
             lambda d: d | {"fob": round(d["fob"] / 2, 2)}, "the items come to twice the header"),
            ("header_of_nothing", "header_fob_is_stated", WARNING, lambda d: d | {"fob": 0}, "the header says nothing"),
            ("shipped_years_after", "estimated_export_near_registration", WARNING,
             lambda d: d | {"tanggalEkspor": "2034-05-06"}, "to be shipped ten years after it was registered"),
            ("rate_of_nothing", "ndpbm_above_0", CRITICAL, lambda d: d | {"ndpbm": 0}, "a customs rate of nothing"),
            ("shipped_before_submission", "exported_after_submission", WARNING,
             lambda d: d | {"tanggalEkspor": "2023-12-11"}, "shipped months before it was submitted"),
            ("to_indonesia", "destination_abroad", WARNING,
             lambda d: d | {"kodeNegaraTujuan": "ID", "kodePelTujuan": "IDSUB"}, "an export to Indonesia"),
            ("goods_of_no_chapter", "hs_chapter_known", WARNING,
             lambda d: d | {"barang": [i | {"posTarif": "00010000"} for i in d["barang"]]},
             "goods of a chapter that there is not"),
            ("currency_that_is_none", "currency_in_stg_reference__currencies", WARNING,
             lambda d: d | {"kodeValuta": "QQQ"}, "a currency that is none")):
        yield _declaration(peb, kind, check, severity, spoil, what)
    yield GateFault("items_left_out", "peb", AGENCY, ".csv", sheet([
                        row | {"FOB Dokumen": f"{2 * float(row['FOB Dokumen']):.2f}"} for row in peb.take_rows()]),
                    "the items of a table come to half of the header",
                    (staging(ITEMS, "items_reach_header_fob", WARNING),))
    first = peb.take()
    yield GateFault("another_exporter", "peb", AGENCY, ".jsonl", json_lines(first, _of_another(first)),
                    "a correction names another exporter", (staging(ITEMS, "correction_keeps_exporter", WARNING),))
    yield GateFault("registered_in_time_to_come", "peb", AGENCY, ".jsonl",
                    json_lines(peb.take(), peb.take(), peb.take() | {"tanggalDaftar": "2098-03-14",
                                                                     "tanggalEkspor": "2098-03-16"}),
                    "the last of three is registered in 2098", (
                        load("some_dates_after_landing", WARNING),
                        staging(ITEMS, "registered_not_in_future", WARNING)))


def _declaration(peb: Declarations, kind: str, check: str, severity: str, spoil: Callable[[dict], dict],
                 what: str) -> GateFault:
    return GateFault(kind, "peb", AGENCY, ".jsonl", json_lines(peb.take(), spoil(peb.take())), what,
                     (staging(ITEMS, check, severity),))


def _of_another(first: dict) -> dict:
    other = first["entitas"][0] | {"nomorIdentitas": "999999992402000", "kodeJenisIdentitas": "5",
                                   "nibEntitas": None, "namaEntitas": "PT Contoh Lain Gerbang"}
    return first | {"isRevision": "Y", "nomorNota": 1, "tanggalNota": "2024-09-29",
                    "entitas": [other, *first["entitas"][1:]]}


def certificates(ska: Certificates) -> Iterator[GateFault]:
    """Certificates against themselves."""
    for kind, check, severity, changes, what in (
            ("amended_before_issue", "amended_not_before_issued", CRITICAL,
             {"Tanggal_Perubahan": "2023-11-20", "Status": "amended"}, "amended before it was issued"),
            ("value_without_currency", "value_has_currency", CRITICAL, {"Valuta": ""}, "values without a currency"),
            ("value_that_is_absent", "value_agrees_with_basis", WARNING, {"Dasar_Nilai": "absent"},
             "a value beside the word that there is none"),
            ("amended_in_time_to_come", "amended_not_in_future", WARNING,
             {"Tanggal_Perubahan": "2098-03-14", "Status": "amended"}, "amended in 2098"),
            ("number_of_another_year", "number_names_its_year", WARNING, {"Tanggal_Terbit": "2021-05-04"},
             "issued three years before its number says"),
            ("amended_on_no_day", "amendment_is_dated", WARNING, {"Status": "amended"}, "amended, nobody says when"),
            ("certified_to_indonesia", "destination_abroad", WARNING, {"Negara_Tujuan": "ID"},
             "an export to Indonesia"),
            ("certified_in_no_currency", "currency_in_stg_reference__currencies", WARNING, {"Valuta": "QQQ"},
             "a currency that is none")):
        yield GateFault(kind, "ska", AGENCY, ".csv", sheet([*ska.take(), *changed(ska.take(), **changes)]), what,
                        (staging(CERTIFIED, check, severity),))
    own = ska.take()
    yield GateFault("replaces_itself", "ska", AGENCY, ".csv",
                    sheet(changed(own, Menggantikan_Nomor=own[0]["Nomor SKA"])), "replaces the certificate it is",
                    (staging(CERTIFIED, "does_not_replace_itself", CRITICAL),))
