"""A mended row is read as in the file it first came in: its name tells the year, its kind what a day number is."""

import datetime as dt

import xlsxwriter
from returned_files import member, roster
from returning_office import mend, rows

from lumbung import returning
from lumbung.contracts import contract_of

TITLES = {c.name: c.synonyms[0] for c in contract_of("agency_roster").columns if c.synonyms}


def test_a_date_without_year_takes_that_of_the_file_in_every_round(office):
    office.send("agency_roster/dinas/daftar-2021.csv", roster([
        member(1, as_of="2021-09-15"), member(2, as_of="15 Septembr"), member(3, as_of="44454"),
        *(member(number, as_of="2021-09-15") for number in range(4, 100))]))
    assert office.open_rows() == {("daftar-2021.csv", 2), ("daftar-2021.csv", 3)}

    def round_of(name: str, date: str) -> dict:
        return returning.replay(office.home, mend(office.export("dinas", f"keluar-{name}"), office.folder / name, (
            lambda r: {**r, TITLES["as_of"]: date} if r["Lumbung: baris"] == "2" else r)))

    assert round_of("kembali-2019.xlsx", "15 Septmber")["mended"] == 0
    assert round_of("lagi-2018.xlsx", "15 September")["mended"] == 1
    assert sorted(office.accepted("agency_roster", "row_number, as_of"))[:3] == [
        (number, dt.date(2021, 9, 15)) for number in (1, 2, 4)]
    assert {number for _, number in office.open_rows()} == {3}


def test_a_day_number_of_a_spreadsheet_stays_a_day_when_it_comes_back(office):
    path = office.home.inbox / "agency_roster/dinas/daftar.xlsx"
    path.parent.mkdir(parents=True)
    lines = [member(1), member(2, region_code="x")]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("IKM")
        sheet.write_row(0, 0, [TITLES["as_of"], *(TITLES[name] for name in lines[0])])
        for at, line in enumerate(lines, 1):
            sheet.write_row(at, 0, [44454, *line.values()])
    office.take_in()
    out = office.export("dinas")
    assert len(rows(out, "agency_roster")) == 1
    done = returning.replay(office.home, mend(out, office.folder / "kembali.xlsx", lambda r: {
        **r, TITLES["region_code"]: "32.76"}))
    assert (done["mended"], office.open_rows()) == (1, set())
    assert {date for date, in office.accepted("agency_roster", "as_of")} == {dt.date(2021, 9, 15)}
