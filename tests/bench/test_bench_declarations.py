import csv
import re
from datetime import date

from lumbung.bench.declarations import write_declarations
from lumbung.contracts.catalogue import contract_of

ROWS = 30_300
SHAPES = {"decimal": r"^\d+(\.\d+)?$", "integer": r"^\d+$"}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_number_of_rows_gives_the_same_bytes(declared, tmp_path):
    again = write_declarations(tmp_path / "again.csv", ROWS)
    assert again.read_bytes() == declared.read_bytes()
    assert len(rows_of(declared)) == ROWS
    assert write_declarations(tmp_path / "few.csv", 7).read_bytes() != declared.read_bytes()
    assert len(rows_of(tmp_path / "few.csv")) == 7


def test_headers_are_the_first_names_the_contract_knows(declared):
    with declared.open(encoding="utf-8") as file:
        header = file.readline().rstrip("\n").split(",")
    assert header == [column.synonyms[0] for column in contract_of("peb").columns if not column.part]


def test_only_the_planted_faults_break_the_contract(declared):
    broken = set()
    for number, row in enumerate(rows_of(declared)):
        for column in (c for c in contract_of("peb").columns if not c.part):
            value = row[column.synonyms[0]]
            if column.normaliser == "region":
                value = f"{value[:2]}.{value[2:]}"
            if value == "":
                if column.required:
                    broken.add((number, column.name))
            elif column.normaliser == "date":
                date.fromisoformat(value)
            elif not re.search(column.pattern or SHAPES.get(column.normaliser, ""), value):
                broken.add((number, column.name))
    assert {name for _, name in broken} == {"hs_code", "item_fob"}
    assert 0.0005 * ROWS < len(broken) < 0.002 * ROWS


def test_it_looks_like_four_years_of_a_country(declared):
    rows = rows_of(declared)
    first = {row["Nomor Aju"]: row for row in rows if not row["Nomor Nota"]}
    corrected = {row["Nomor Aju"] for row in rows if row["Nomor Nota"]}
    assert len({row["Tanggal Daftar"][:7] for row in rows}) == 45
    assert len({row["Daerah Asal"] for row in rows if row["Daerah Asal"].startswith("32")}) == 27
    assert len({row["Daerah Asal"][:2] for row in rows}) > 5
    assert 2.9 < (ROWS - sum(bool(row["Nomor Nota"]) for row in rows)) / len(first) < 3.1
    assert 0.009 < len(corrected) / len(first) < 0.011
    assert 0.003 < sum(bool(row["Tanggal Batal"]) for row in first.values()) / len(first) < 0.007
    assert {row["Valuta"] for row in rows} == {"USD", "AUD", "JPY", "EUR", "SGD", "CNY"}
    assert {row["Penanda Data"] for row in rows} == {"DATA BUATAN"}
    assert all(row["Nomor Aju"][12:20] <= row["Tanggal Daftar"].replace("-", "") for row in rows)


def test_a_correction_repeats_the_whole_document_with_another_fob(declared):
    documents = {}
    for row in rows_of(declared):
        documents.setdefault(row["Nomor Aju"], {}).setdefault(row["Nomor Nota"], []).append(row)
    twice = [versions for versions in documents.values() if "1" in versions]
    assert len(twice) == ROWS // 303
    for versions in twice:
        assert [r["Seri Barang"] for r in versions["1"]] == [r["Seri Barang"] for r in versions[""]]
        assert any(new["FOB"] != old["FOB"] for new, old in zip(versions["1"], versions[""], strict=True))
        assert versions["1"][0]["Tanggal Nota"] > versions[""][0]["Tanggal Daftar"]
        assert versions["1"][0]["Nama Eksportir"] == versions[""][0]["Nama Eksportir"]


def test_what_comes_after_a_history_is_new_or_corrects_what_was_there(tmp_path):
    history = 2 * ROWS
    before = rows_of(write_declarations(tmp_path / "before.csv", history))
    later = rows_of(write_declarations(tmp_path / "later.csv", 30, history, history))
    there = {(row["Nomor Aju"], row["Nomor Nota"]) for row in before}
    assert not there & {(row["Nomor Aju"], row["Nomor Nota"]) for row in later}
    corrections = [row for row in later if row["Nomor Nota"] == "2"]
    assert len(later) == 30 + len(corrections)
    assert corrections
    assert all((row["Nomor Aju"], "1") in there for row in corrections)
    assert {row["Tanggal Daftar"][:7] for row in later} <= {"2024-08", "2024-09", "2024-10"}
