"""Workbooks: the right sheet, titles, headers over several rows, sums and signatures, formulas, passwords."""

import io
import random
import zipfile

import pytest
from office_files import MARK, TITLES, row, text, workbook

SIGNED = [["Jumlah", "", "", "", "", "", "", 200.5], [], ["", "Mengetahui,", "", "", "Bandung, 5 Maret 2024"],
          ["", "Kepala Dinas Perdagangan"], [], ["", "Drs. Contoh"], ["", "NIP. 19700101 199903 1 001"]]


def test_titles_above_and_sums_and_signatures_below_are_skipped_and_counted(desk):
    rows = [["LAPORAN EKSPOR"], ["Tahun 2024"], [], TITLES, row(1), row(2), *SIGNED]
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(("Data", rows)))
    desk.take_in()
    assert desk.rows("peb", "row_number, item_fob::varchar") == [(1, "100.25"), (2, "100.25")]
    assert (desk.counts("a.xlsx"), desk.faults()) == ((12, 10, 2, 0), [])


@pytest.mark.parametrize("last", [
    ["CV Jumlah Makmur"], ["", "", "", "", "Total Abadi", "1", "x"], ["000030AB"], ["", "Sumber Rejeki"]])
def test_a_row_that_is_only_odd_is_not_skipped(desk, last):
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(("Data", [TITLES, row(1), last])))
    desk.take_in()
    assert desk.counts("a.xlsx") == (2, 0, 1, 1)


def test_a_sum_between_rows_is_not_dropped(desk):
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(("Data", [TITLES, row(1), SIGNED[0], row(2)])))
    desk.take_in()
    assert desk.counts("a.xlsx") == (3, 0, 2, 1)


ROSTER = [
    ["DAFTAR IKM", *[""] * 7],
    ["No", "Nama IKM", "Per Tanggal", "Kode Wilayah", "Tenaga Kerja", "", "Nilai Investasi", "Penanda Data"],
    ["", "", "", "", "Pria", "Wanita", "", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    [1, "CV Satu", "2024-01-01", "32.76", 3, 4, 5000000, MARK],
    [2, "CV Dua", "2024-01-01", "32.76", 5, 6, 7000000, MARK]]


def merge(book, sheets):
    sheet = sheets[0]
    sheet.merge_range(0, 0, 0, 7, "DAFTAR IKM")
    sheet.merge_range(1, 4, 1, 5, "Tenaga Kerja")
    for column in (0, 1, 2, 3, 6, 7):
        sheet.merge_range(1, column, 2, column, ROSTER[1][column])


@pytest.mark.parametrize("change", [merge, None], ids=["merged", "not merged"])
def test_a_header_over_two_rows(desk, change):
    desk.path("agency_roster/dinas/a.xlsx").write_bytes(workbook(("IKM", ROSTER), change=change))
    desk.take_in()
    assert desk.rows("agency_roster", "row_number, workers_male, workers_female, investment_idr::varchar") == [
        (1, 3, 4, "5000000.00"), (2, 5, 6, "7000000.00")], desk.load("a.xlsx")
    assert desk.counts("a.xlsx") == (3, 1, 2, 0)


def test_a_header_over_three_rows(desk):
    rows = [["No", "Nama IKM", "Per Tanggal", "Kode Wilayah", "Keadaan Usaha", "", "", "Penanda Data"],
            ["", "", "", "", "Tenaga Kerja", "", "Nilai Investasi", ""],
            ["", "", "", "", "Pria", "Wanita", "", ""], *ROSTER[4:]]
    desk.path("agency_roster/dinas/a.xlsx").write_bytes(workbook(("IKM", rows)))
    desk.take_in()
    assert desk.rows("agency_roster", "workers_male, workers_female") == [(3, 4), (5, 6)], desk.load("a.xlsx")


def test_the_sheet_that_fits_is_read_and_a_second_one_too(desk):
    sheets = [("Petunjuk", [["Isi lembar berikut"]]), ("Januari", [TITLES, row(1)]), ("Rekap", [["Kota", "FOB"]]),
              ("Februari", [["EKSPOR"], TITLES, row(2), row(3, fob="x")])]
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(*sheets))
    desk.take_in()
    assert desk.rows("peb", "sheet, row_number, nomor_aju") == [
        ("Februari", 1, row(2)[0]), ("Januari", 1, row(1)[0])]
    assert desk.faults() == [("Februari", 2, "item_fob", "bad_number")]
    assert desk.counts("a.xlsx") == (4, 1, 2, 1)


def test_a_sheet_of_the_feed_with_one_strange_column_is_not_left_out_silently(desk):
    sheets = [("Januari", [TITLES, row(1)]), ("Februari", [[*TITLES, "Catatan"], [*row(2), "x"]])]
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(*sheets))
    desk.take_in()
    assert desk.status("a.xlsx") == ("rejected", "unknown_columns")
    assert "(lembar 'Februari')" in desk.load("a.xlsx")["reason"]


def test_hidden_rows_are_read_and_a_hidden_sheet_is_not(desk):
    def hide(book, sheets):
        sheets[0].set_row(1, None, None, {"hidden": True})
        sheets[1].hide()
    desk.path("peb/bc/a.xlsx").write_bytes(
        workbook(("Data", [TITLES, row(1), row(2)]), ("Lama", [TITLES, row(3)]), change=hide))
    desk.take_in()
    assert desk.counts("a.xlsx") == (2, 0, 2, 0)


def test_a_formula_counts_by_its_kept_value_and_one_without_is_told(desk):
    def formulas(book, sheets):
        for line, value in enumerate([250.5, "", "#DIV/0!"], 1):
            sheets[0].write_formula(line, 7, "=100+150.5", None, value)
    data = workbook(("Data", [TITLES, *(row(n) for n in range(1, 7))]), change=formulas)
    desk.path("peb/bc/a.xlsx").write_bytes(data)
    desk.take_in()
    assert desk.rows("peb", "row_number, item_fob::varchar")[:2] == [(1, "250.50"), (4, "100.25")]
    assert desk.faults() == [("Data", 2, "", "formula_without_value"), ("Data", 3, "", "formula_error")]


def test_a_long_number_that_a_spreadsheet_has_rounded_is_refused(desk):
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(
        ("Data", [[*TITLES, "NPWP Eksportir"], [*row(1), 3276010101010001], [*row(2), "3276010101010001"]])))
    desk.take_in()
    assert [f for f in desk.faults() if f[3] == "digits_lost"] == [("Data", 1, "", "digits_lost")]


def test_a_password_is_told(desk):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    desk.path("peb/bc/a.xlsx").write_bytes(ole)
    desk.take_in()
    assert desk.status("a.xlsx") == ("rejected", "password_protected")


def test_ten_thousand_columns_and_a_far_cell_are_refused_before_they_are_laid_out(desk):
    def far(book, sheets):
        sheets[0].write(1_048_575, 9, "x")
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(("Data", [[*TITLES, *[f"k{i}" for i in range(10_000)]], row(1)])))
    desk.path("peb/bc/b.xlsx").write_bytes(workbook(("Data", [TITLES, row(1)]), change=far))
    desk.take_in()
    assert desk.status("a.xlsx") == desk.status("b.xlsx") == ("rejected", "sheet_too_big")


def test_a_truncated_workbook_is_told(desk):
    data = workbook(("Data", [TITLES, row(1)]))
    desk.path("peb/bc/a.xlsx").write_bytes(data[:len(data) // 2])
    desk.take_in()
    assert desk.status("a.xlsx") == ("rejected", "unreadable")
    assert "terpotong" in desk.load("a.xlsx")["reason"]


def test_bytes_that_are_nothing_are_not_shown_as_columns(desk):
    desk.path("peb/bc/a.xlsx").write_bytes(random.Random(4).randbytes(3000))
    desk.path("peb/bc/b.csv").write_bytes(text(TITLES, row(1)).encode() + b"\x07\x1a")
    desk.take_in()
    assert desk.status("a.xlsx") == ("rejected", "unreadable")
    assert desk.load("a.xlsx")["reason"] == "Berkas tidak dapat dibaca. Isinya bukan teks."
    assert desk.status("b.csv") == ("loaded", "")


def ods(rows: list[list[str]]) -> bytes:
    cells = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' if c
        else "<table:table-cell/>" for c in line) + "</table:table-row>" for line in rows)
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
               f'<office:spreadsheet><table:table table:name="Data">{cells}</table:table></office:spreadsheet>'
               "</office:body></office:document-content>")
    manifest = ('<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
                'manifest:1.0"/>')
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", manifest)
    return data.getvalue()


def test_an_ods_is_read_like_a_workbook(desk):
    desk.path("agency_roster/dinas/a.ods").write_bytes(ods([[str(c) for c in line] for line in ROSTER]))
    desk.take_in()
    assert desk.rows("agency_roster", "workers_male, workers_female") == [(3, 4), (5, 6)], desk.load("a.ods")


def test_a_table_reads_alike_as_csv_and_as_workbook_with_random_edges(desk):
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)
    for n in range(8):
        above = [["LAPORAN"], ["Tahun 2024"], []][:dice.randrange(4)]
        below = SIGNED[dice.randrange(2):][:dice.randrange(len(SIGNED))]
        body = [row(100 * n + i, fob=dice.choice(["1.5", "x", "20"])) for i in range(dice.randrange(1, 9))]
        body.append(row(100 * n + 99))
        table = [*above, TITLES, *body, *below]
        desk.path(f"peb/bc/{n}.xlsx").write_bytes(workbook(("Data", table)))
        desk.path(f"peb/bc/{n}.csv").write_text(text(*[[str(c).replace(",", " ") for c in line] for line in table]))
    desk.take_in()
    for n in range(8):
        assert desk.counts(f"{n}.xlsx")[2:] == desk.counts(f"{n}.csv")[2:], f"seed {seed}, file {n}"
        read, skipped, accepted, quarantined = desk.counts(f"{n}.csv")
        assert read == skipped + accepted + quarantined
