"""What an office does to the columns and cells of a return workbook."""

import pytest
import xlsxwriter
from returned_files import item, member, peb, roster
from returning_office import mend, rows, sheets

from lumbung import returning
from lumbung.contracts import contract_of
from lumbung.errors import LumbungError

TITLES = {c.name: c.synonyms[0] for c in contract_of("peb").columns}
FOB, NPWP = TITLES["item_fob"], TITLES["exporter_npwp"]


@pytest.fixture
def out(office):
    office.send("peb/bc/a.csv", peb([*(item(n) for n in range(10, 20)), item(1, item_fob="x")]))
    return office.export("bc")


def saved(path, to, table: list[list], also: str = ""):
    """A workbook with this table in place of the rows; `also` names a copy of the sheet."""
    with xlsxwriter.Workbook(str(to)) as book:
        for name in filter(None, ("peb", also)):
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(table):
                for place, cell in enumerate(cells):
                    sheet.write(at, place, *cell) if isinstance(cell, tuple) else sheet.write(at, place, cell)
    return to


def test_a_copied_sheet_does_not_double_its_rows(office, out):
    path = saved(out, office.folder / "m.xlsx", sheets(out)["peb"], also="peb (2)")
    with pytest.raises(LumbungError, match=r"twice, the first time in sheet peb, row 2") as caught:
        returning.replay(office.home, path)
    assert "peb (2), row 2" in caught.value.where


@pytest.mark.parametrize("place", [0, 5, 10, 14])
def test_a_column_between_ours_is_left_out(office, out, place):
    titles, row = sheets(out)["peb"]
    row[titles.index(FOB)] = "1"
    path = saved(out, office.folder / "m.xlsx", [
        [*titles[:place], "Catatan kantor", *titles[place:]], [*row[:place], "sudah dicek", *row[place:]]])
    assert returning.replay(office.home, path)["mended"] == 1
    assert office.accepted("peb", "item_fob::int, exporter_name")[-1] == (1, "CV Contoh Buatan")


@pytest.mark.parametrize(("title", "says"), [
    ("Alasan", "'Alasan' is missing"), ("Lumbung: lembar", "'Lumbung: lembar' is missing"), (NPWP, "is missing")])
def test_a_column_of_ours_that_is_gone_is_refused(office, out, title, says):
    titles, row = sheets(out)["peb"]
    kept = [i for i, name in enumerate(titles) if name != title]
    path = saved(out, office.folder / "m.xlsx", [[cells[i] for i in kept] for cells in (titles, row)])
    with pytest.raises(LumbungError, match=says) as caught:
        returning.replay(office.home, path)
    assert caught.value.todo


@pytest.mark.parametrize(("column", "cell", "code"), [
    ("exporter_npwp", 3276010101900001, "digits_lost"),
    ("exporter_name", ("=A1", None, ""), "formula_without_value"),
    ("item_description", ("=NA()", None, "#N/A"), "formula_error"),
])
def test_a_cell_that_a_file_could_not_have_is_refused_in_a_workbook_too(office, out, column, cell, code):
    titles, row = sheets(out)["peb"]
    row[titles.index(FOB)], row[titles.index(TITLES[column])] = "1", cell
    done = returning.replay(office.home, saved(out, office.folder / "m.xlsx", [titles, row]))
    assert (done["mended"], done["still_wrong"]) == (0, 1)
    assert [q[3:] for q in office.quarantine() if q[4] == "open"] == [(code, "open")]
    assert rows(office.export("bc", "lagi.xlsx"), "peb")[0]["Alasan"]


def test_a_number_of_three_decimals_is_not_read_as_thousands(office):
    roster_titles = {c.name: c.synonyms[0] for c in contract_of("agency_roster").columns}
    office.send("agency_roster/dinas/a.csv", roster([
        *(member(n, as_of="2024-01-01") for n in range(1, 11)), member(11, as_of="x")]))
    path = mend(office.export("dinas"), office.folder / "m.xlsx", lambda r: {
        **r, roster_titles["as_of"]: "2024-01-01", roster_titles["capacity_per_month"]: 1.125})
    returning.replay(office.home, path)
    assert office.accepted("agency_roster", "capacity_per_month::double")[-1] == (1.125,)
