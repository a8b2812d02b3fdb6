"""Rows of wide tables on their way back: whole, with their columns, and unpivoted again when they return."""

import os

import pytest
from returned_files import MARK
from returning_office import mend, rows, sheets

from lumbung import returning
from lumbung.errors import LumbungError
from lumbung.intake import returns

LAYOUT = """
- agency: dinas
  unpivot: {columns: "20[0-9]{2}", name_to: target_year, value_to: target_value}
"""
HEAD = ("ID Target,No Area,Kode Program,Nama Program,Ukuran,Satuan,2022,2023,2024,Jumlah,Ketelitian,"
        "Tanggal Pernyataan,Dokumen Sumber,Penanda Data")
COLUMN, REASON, FIX = "Kolom yang salah", "Alasan", "Perbaikan"
Y22, Y23, Y24 = (f"Kolom asal: {year}" for year in (2022, 2023, 2024))
TAKEN = "target_id, target_year, target_value::int, row_number, piece"


def target(name: str, *values: str, day: str = "2024-01-05") -> str:
    return ",".join([name, "0", "EKSPOR", "Program Ekspor", "businesses", "IKM", *values, "60", "exact", day, "contoh",
                     MARK])


@pytest.fixture
def wide(office, tmp_path, monkeypatch):
    """Rows 3 and 4 are bad: one by a cell, one by its date, which all three of its cells share."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "programme_target.layouts.yaml").write_text(LAYOUT)
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(own))
    office.send("programme_target/dinas/lebar.csv", "\n".join([
        HEAD, target("A", "1", "2", "3"), target("B", "", "-", "4"), target("C", "1", "2x", "3"),
        target("D", "7", "8", "9", day="kapan-kapan"), target("E", "1", "2", "3"), target("F", "1", "2", "3")]) + "\n")
    assert office.open_rows() == {("lebar.csv", 3), ("lebar.csv", 4)}
    office.layouts = own / "programme_target.layouts.yaml"
    return office


def test_a_row_goes_back_as_it_came_with_each_cell_under_its_own_title(wide):
    path = wide.export("dinas")
    third, fourth = rows(path, "programme_target")
    assert [third[title] for title in ("Lumbung: baris", "ID Target", "Tahun", Y22, Y23, Y24)] == [
        "3", "C", "", "1", "2x", "3"]
    assert (third[COLUMN], third[REASON]) == (Y23, f"{Y23}: Bukan angka yang dapat dibaca.")
    assert [fourth[title] for title in (Y22, Y23, Y24, COLUMN)] == ["7", "8", "9", "Tanggal Pernyataan"]
    assert fourth[REASON].count("Tanggal Pernyataan") == 1
    assert any("Kolom asal" in str(line) for line in sheets(path)["Petunjuk"])


def test_a_mended_row_is_unpivoted_again_under_its_parent(wide):
    mended = mend(wide.export("dinas"), wide.folder / "m.xlsx", lambda row: {
        **row, **({FIX: "2"} if row["Lumbung: baris"] == "3" else {"Tanggal Pernyataan": "2024-01-05"})})
    done = returning.replay(wide.home, mended)
    assert [done[name] for name in ("loads", "rows", "mended", "still_wrong", "left_open")] == [1, 2, 2, 0, 0]
    assert wide.open_rows() == set()
    assert [row for row in wide.accepted("programme_target", TAKEN) if row[3] in (3, 4)] == [
        ("C", 2022, 1, 3, 0), ("C", 2023, 2, 3, 1), ("C", 2024, 3, 3, 2),
        ("D", 2022, 7, 4, 0), ("D", 2023, 8, 4, 1), ("D", 2024, 9, 4, 2)]
    parent, child = wide.loads()["lebar.csv"], wide.loads()["m.xlsx"]
    assert (child.parent_load_id, child.rows_read, child.rows_accepted, child.rows_quarantined) == (
        parent.load_id, 2, 2, 0)
    assert returning.replay(wide.home, mended)["redelivered"] == 1


def test_an_emptied_cell_becomes_no_row_and_a_wrong_one_keeps_the_whole_row_open(wide):
    mended = mend(wide.export("dinas"), wide.folder / "m.xlsx", lambda row: {
        **row, **({Y23: "-", Y24: ""} if row["Lumbung: baris"] == "3" else
                  {"Tanggal Pernyataan": "2024-01-05", Y22: "7x"})})
    done = returning.replay(wide.home, mended)
    assert (done["mended"], done["still_wrong"]) == (1, 1)
    assert [row for row in wide.accepted("programme_target", TAKEN) if row[3] in (3, 4)] == [("C", 2022, 1, 3, 0)]
    assert wide.open_rows() == {("m.xlsx", 4)}
    again, = rows(wide.export("dinas", "lagi.xlsx"), "programme_target")
    assert [again[title] for title in ("Berkas asal", Y22, Y23, Y24, COLUMN)] == [
        "lebar.csv", "7x", "8", "9", Y22]
    second = mend(wide.folder / "lagi.xlsx", wide.folder / "2.xlsx", lambda row: {**row, Y22: "7"})
    assert (returning.replay(wide.home, second)["mended"], wide.open_rows()) == (1, set())


def test_what_stands_in_the_columns_of_a_long_row_is_a_row_too(wide):
    mended = mend(wide.export("dinas"), wide.folder / "m.xlsx", lambda row: {
        **row, Y23: "2", "Tahun": "2025", "Target": "5"} if row["Lumbung: baris"] == "3" else None)
    assert "Target" in rows(mended, "programme_target")[0]
    assert returning.replay(wide.home, mended)["mended"] == 1
    assert [row[1:3] for row in wide.accepted("programme_target", TAKEN) if row[3] == 3] == [
        (2022, 1), (2023, 2), (2024, 3), (2025, 5)]


def test_rows_that_fit_no_workbook_are_named_with_their_file_and_none_is_written(wide, warm_command):
    wide.layouts.write_text("[]\n")
    out = wide.folder / "kosong.xlsx"
    with pytest.raises(LumbungError, match=r"none of the 2 open rows .* 2 rows of lebar.csv \(programme_target\)") as e:
        returns.export(wide.home, "dinas", out)
    assert "mend the file" in e.value.todo
    assert not out.exists()
    assert wide.events("exported") == []
    done = warm_command.run("quarantine", "export", "--agency", "dinas", "--out", out, environment={
        **os.environ, "LUMBUNG_HOME": str(wide.home.root)})
    assert (done.returncode, out.exists()) == (1, False)
    assert "lebar.csv" in done.stderr


def test_rows_left_out_are_told_beside_those_that_are_in(wide):
    wide.send("programme_target/lain/panjang.csv", "\n".join([
        HEAD.replace("2022,2023,2024,Jumlah", "Target,Tahun"),
        *(f"{name},0,EKSPOR,{text},businesses,IKM,1,2022,exact,{day},contoh,{MARK}" for name, text, day in (
            ("A", "P", "2024-01-05"), ("B", "x" * 40_000, "kapan"), ("C", "P", "kapan"), ("D", "P", "2024-01-05")))]))
    done = returns.export(wide.home, "lain", wide.folder / "lain.xlsx")
    assert done.rows == {"programme_target": 1}
    assert [(one.file_name, one.rows, one.reason_en) for one in done.left_out] == [
        ("panjang.csv", 1, "a cell is longer than a spreadsheet holds")]
    assert any("panjang.csv" in str(line) for line in sheets(done.path)["Petunjuk"])
    event, = wide.events("exported")
    assert event.reason.startswith("1 baris")


def test_a_workbook_of_a_layout_that_is_gone_is_refused_before_it_lands(wide):
    path = wide.export("dinas")
    wide.layouts.write_text("[]\n")
    with pytest.raises(LumbungError, match="which columns become rows"):
        returning.replay(wide.home, path)
