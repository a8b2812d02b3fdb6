"""The second counter of physical rows agrees with Python's own readers, and with what intake read."""

import codecs
import csv
import io
import json

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.intake import counting

CELLS = st.text("ab,;|\t\"\n\r é", max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8)


@settings(deadline=None, print_blob=True)
@given(TABLES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
       st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.booleans(), st.sampled_from([6, 14, 64, 1 << 20]))
def test_csv_rows_are_those_of_the_csv_module(tmp_path_factory, rows, newline, encoding, quoting, cut, chunk):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=newline, quoting=quoting).writerows(rows)
    text = text.getvalue().removesuffix(newline) if cut else text.getvalue()
    path = tmp_path_factory.mktemp("csv") / "file.csv"
    path.write_bytes(text.encode(encoding))
    wanted = sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "CHUNK", chunk)
        assert counting.csv_rows(path) == wanted


@pytest.mark.parametrize("text", ['a,"b\n1,2\n', 'a,b\n1,2"3\n', 'a,b\n"1"x,2\n'])
def test_quotes_that_leave_it_open_what_a_row_is_are_not_counted(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_bytes(codecs.BOM_UTF8 + text.encode())
    assert counting.csv_rows(path) is None


def test_json_rows_are_items_whichever_way_documents_come(tmp_path):
    documents = [{"nomorAju": "a", "barang": [{"x": 1}, {"x": 2}]}, {"nomorAju": "b", "barang": []}, {"nomorAju": "c"}]
    path = tmp_path / "file.json"
    for text in (json.dumps(documents), json.dumps(documents, indent=1),
                 "\n\n".join(json.dumps(d) for d in documents)):
        path.write_text(text)
        assert counting.json_rows(path) == 4
    path.write_text(json.dumps(documents[0]) + '\n{"broken": \n')
    assert counting.json_rows(path) == 3
    path.write_text('[{"broken": ')
    assert counting.json_rows(path) is None


def test_rows_of_a_sheet_go_from_the_first_with_a_value_to_the_last(tmp_path):
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Daftar & lain")
        sheet.write(2, 1, "Nama")
        sheet.write(6, 0, 12.5)
        sheet.write_blank(9, 0, None, book.add_format({"bold": True}))
        book.add_worksheet("kosong")
    assert counting.sheet_rows(path) == {"Daftar & lain": 5, "kosong": 0}
    path.write_bytes(b"no workbook")
    assert counting.sheet_rows(path) is None
