"""CSV with more than a table in it: titles, sums, other delimiters, cells of many megabytes."""

import pytest
from office_files import TITLES, row, text

from lumbung import intake
from lumbung.lake import ledger


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_titles_and_sums_around_a_table(desk, newline, encoding):
    rows = [["LAPORAN EKSPOR é"], [], ["Tahun", "2024"], TITLES, row(1), row(2, name='"CV é, Depok"'),
            ["Jumlah", "", "", "", "", "", "", "200.50", ""], [], ["Mengetahui"], ["Kepala Dinas"], ["Asep"]]
    desk.path("peb/bc/a.csv").write_bytes(text(*rows, newline=newline).encode(encoding))
    desk.take_in()
    assert desk.rows("peb", "row_number, exporter_name") == [(1, "CV Contoh"), (2, "CV é, Depok")]
    assert (desk.counts("a.csv"), desk.faults()) == ((10, 8, 2, 0), [])


def test_what_stands_below_a_big_file_is_measured_in_its_own_bytes(desk):
    rows = [row(n, fob="123456", name="U" * 200) for n in range(1, 6001)]
    table = text([*TITLES[:7], TITLES[8], TITLES[7]], *([*r[:7], r[8], r[7]] for r in rows))
    assert len(table) > 1 << 20
    desk.path("peb/bc/a.csv").write_bytes(table.encode() + b"Mengetahui, Kepala Dinas \x96 caf\xe9\xe9\xe9\n")
    desk.take_in()
    assert (desk.counts("a.csv"), desk.faults()) == ((6001, 1, 6000, 0), [])
    assert desk.rows("peb", "distinct item_fob::int") == [(123456,)]


def test_a_header_over_two_rows(desk):
    lines = ["No;Nama IKM;Per Tanggal;Kode Wilayah;Tenaga Kerja;;Penanda Data", ";;;;Pria;Wanita;",
             "1;CV Satu;2024-01-01;32.76;3;4;DATA BUATAN"]
    desk.path("agency_roster/dinas/a.csv").write_text("\n".join(lines))
    desk.take_in()
    assert desk.rows("agency_roster", "row_number, workers_male, workers_female") == [(1, 3, 4)]
    assert desk.counts("a.csv") == (1, 0, 1, 0)


def test_a_row_with_the_other_delimiter_is_read_and_one_with_both_is_refused(desk):
    mixed = ";".join(row(3)[:4]) + "," + ",".join(row(3)[4:])
    desk.path("peb/bc/a.csv").write_text(text(TITLES, row(1)) + text(row(2), delimiter=";") + mixed + "\n")
    desk.take_in()
    assert [r[0] for r in desk.rows("peb", "row_number")] == [1, 2]
    assert desk.faults() == [("", 3, "", "row_shape")]


@pytest.mark.parametrize("megabytes", [1, 5])
def test_a_long_cell_is_kept(desk, megabytes):
    long = "x" * (megabytes << 20)
    desk.path("peb/bc/a.csv").write_text(text(TITLES, row(1, name=long), row(2)) + "kurang\n")
    desk.take_in()
    assert desk.rows("peb", "row_number, length(exporter_name)") == [(1, len(long)), (2, 9)]


def test_a_cell_of_more_than_ten_megabytes_costs_its_row_only(desk):
    desk.path("peb/bc/a.csv").write_text(text(TITLES, row(1), row(2, name="x" * (11 << 20)), row(3)))
    desk.take_in()
    assert [r[0] for r in desk.rows("peb", "row_number")] == [1, 3]
    assert desk.faults() == [("", 2, "", "cell_too_long")]


def test_files_of_one_layout_go_in_few_statements(desk, monkeypatch):
    asked = []
    real = intake.reading.Reader._copy
    monkeypatch.setattr(intake.reading.Reader, "_copy", lambda self, *rest, **more: (
        asked.append(1), real(self, *rest, **more))[1])
    for n in range(60):
        desk.path(f"peb/bc/{n}.csv").write_text(text(TITLES, row(n)))
    desk.take_in()
    assert len(desk.rows("peb", "row_number")) == 60
    assert len(asked) == 2
    assert {load.status for load in ledger.loads(desk.home).values()} == {"loaded"}
