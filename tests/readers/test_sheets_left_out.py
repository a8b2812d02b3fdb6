"""Sheets beside one that fits: what is plainly something else is left out, rows are never lost without a word."""

import pytest
from office_files import TITLES, row, workbook

MISSPELT = ["Pos Taripp" if title == "Pos Tarif" else title for title in TITLES]
LACKING = [title for title in TITLES if title != "Pos Tarif"]


def take_in(desk, sheet: list[list], change=None) -> tuple[str, str]:
    desk.path("peb/bc/a.xlsx").write_bytes(
        workbook(("Januari", [TITLES, row(1)]), ("Februari", sheet), change=change))
    desk.take_in()
    return desk.status("a.xlsx")


@pytest.mark.parametrize(("sheet", "code", "says"), [
    ([MISSPELT, row(2)], "unknown_columns", "Pos Taripp"),
    ([LACKING, row(2)[:6] + row(2)[7:]], "missing_columns", "Pos Tarif"),
    ([row(2), row(3)], "missing_columns", "tanpa judul"),
    ([["Lanjutan"], [], row(2), row(3), row(4)[:-1]], "missing_columns", "tanpa judul")])
def test_rows_of_a_sheet_that_does_not_fit_are_not_lost(desk, sheet, code, says):
    assert take_in(desk, sheet) == ("rejected", code)
    reason = desk.load("a.xlsx")["reason"]
    assert "'Februari'" in reason
    assert says in reason
    assert row(2)[0] not in reason


@pytest.mark.parametrize("sheet", [
    [], [MISSPELT], [["Catatan"], ["Data diambil dari sistem", "pada 5 Januari 2024"], ["Periksa kembali"]],
    [["Kota", *[f"Bulan {n}" for n in range(1, 9)]], ["Depok", *range(100, 108)], ["Bogor", *range(200, 208)]],
    [["Kode", "Negara"], ["JP", "Jepang"], ["KR", "Korea Selatan"]]])
def test_a_sheet_that_is_something_else_is_left_out(desk, sheet):
    assert take_in(desk, sheet) == ("loaded", "")
    assert desk.counts("a.xlsx") == (1, 0, 1, 0)


def test_a_hidden_sheet_without_header_is_left_out(desk):
    assert take_in(desk, [row(2)], lambda book, sheets: sheets[1].hide()) == ("loaded", "")


def test_where_only_hidden_sheets_fit_all_of_them_are_read(desk):
    def hide(book, sheets):
        sheets[1].hide()
        sheets[2].hide()
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(
        ("Sampul", [["LAPORAN"]]), ("Januari", [TITLES, row(1)]), ("Februari", [TITLES, row(2)]), change=hide))
    desk.take_in()
    assert desk.rows("peb", "sheet") == [("Februari",), ("Januari",)]


def test_a_sum_worked_out_in_a_spreadsheet_is_what_it_shows(desk):
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(("Data", [TITLES, [*row(1)[:7], 0.1 + 0.2, row(1)[8]]])))
    desk.take_in()
    assert (desk.rows("peb", "item_fob::varchar"), desk.faults()) == ([("0.30",)], [])


def test_a_number_is_refused_where_any_sheet_of_its_file_writes_both_ways(desk):
    first = [TITLES, row(1, fob="1.250"), row(2, fob="1.250.000")]
    desk.path("peb/bc/a.xlsx").write_bytes(workbook(("Januari", first), ("Februari", [TITLES, row(3)])))
    desk.take_in()
    assert desk.faults() == [("Januari", 1, "item_fob", "ambiguous_number")]
