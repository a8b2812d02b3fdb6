"""Wide tables: a column a year becomes a row each, and a source row still counts once."""

import pytest
from office_files import MARK, text, workbook

LAYOUT = """
- agency: dinas
  unpivot: {columns: "20[0-9]{2}", name_to: target_year, value_to: target_value}
- agency: balai
  unpivot: {columns: [T1, T2], name_to: target_id, value_to: target_value}
"""
HEAD = ["ID Target", "No Area", "Kode Program", "Nama Program", "Ukuran", "Satuan", "2022", "2023", "2024", "Jumlah",
        "Ketelitian", "Tanggal Pernyataan", "Dokumen Sumber", "Penanda Data"]


@pytest.fixture
def wide(desk, tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (own / "programme_target.layouts.yaml").write_text(LAYOUT)
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(own))
    return desk


def target(name: str, *values: str) -> list[str]:
    return [name, "0", "EKSPOR", "Program Ekspor", "businesses", "IKM", *values, "60", "exact", "2024-01-05", "contoh",
            MARK]


ROWS = [target("A", "10", "20", "30"), target("B", "", "-", "40"), target("C", "1", "2x", "3"),
        target("D", "", "", "")]


def put(desk, kind: str, rows: list[list[str]]) -> str:
    table = [["TARGET PROGRAM"], HEAD, *rows]
    path = desk.path(f"programme_target/dinas/a.{kind}")
    path.write_bytes(workbook(("Data", table)) if kind == "xlsx" else text(*table, delimiter=";").encode())
    return path.name


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_each_filled_cell_is_a_row_and_a_source_row_counts_once(wide, kind):
    name = put(wide, kind, ROWS)
    wide.take_in()
    assert wide.rows("programme_target", "target_id, target_year, target_value::int") == [
        ("A", 2022, 10), ("A", 2023, 20), ("A", 2024, 30), ("B", 2024, 40)], wide.load(name)
    assert {n for _, n, _, _ in wide.faults()} == {3, 4}
    read, skipped, accepted, quarantined = wide.counts(name)
    assert (read, accepted, quarantined) == (skipped + 4, 2, 2)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_cells_of_a_row_fail_together(wide, kind):
    put(wide, kind, [*[target(f"G{i}", "1", "2", "3") for i in range(3)], ROWS[2]])
    wide.take_in()
    assert sorted(f[2:] for f in wide.faults()) == [
        ("", "document_incomplete"), ("", "document_incomplete"), ("target_value", "bad_number")]
    assert len(wide.rows("programme_target", "target_id")) == 9


def test_so_do_the_documents_that_one_row_makes(wide):
    head = ["T1", "T2", "Tahun", *[t for t in HEAD[1:] if t[:2] != "20" and t != "Jumlah"]]
    rest = [cell for title, cell in zip(HEAD, target("", "", "", ""), strict=True) if title in head]
    rows = [["1", "x", "2022", *rest], ["3", "4", "2023", *rest], ["5", "6", "2024", *rest]]
    wide.path("programme_target/balai/a.csv").write_text(text(head, *rows))
    wide.take_in()
    # T1 of the first row falls with its T2, and the other rows hold the rest of both documents.
    assert {f[3] for f in wide.faults()} == {"bad_number", "row_incomplete", "document_incomplete"}
    assert wide.counts("a.csv") == (3, 0, 0, 3)


def test_a_broken_line_of_a_wide_csv_is_one_row(wide):
    path = wide.path("programme_target/dinas/a.csv")
    path.write_text(text(HEAD, ROWS[0], ["x"], ROWS[1], delimiter=";"))
    wide.take_in()
    assert wide.counts("a.csv") == (3, 0, 2, 1)
    assert [f[1:] for f in wide.faults()] == [(2, "", "row_shape")]
