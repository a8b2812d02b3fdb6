"""Files as offices send them: encodings, delimiters, ragged lines, workbooks, JSON."""

import csv
import datetime as dt
import io
import itertools
import json
import random

import pytest
import xlsxwriter
from intake_files import csv_of, document, dumps, item, titles

from lumbung import intake

GOOD = [item(1), item(2), item(3)]


def shape(lake, name="a.csv"):
    load = lake.loads()[name]
    return load["rows_read"], load["rows_skipped"], load["rows_accepted"], load["rows_quarantined"]


def test_delimiter_line_end_and_encoding_are_found(lake):
    rows = [item(1, item_description="Café élan"), item(2)]
    ways = [*itertools.product([",", ";", "\t", "|"], ["\n", "\r\n", "\r"], ["utf-8"]),
            *itertools.product([";"], ["\r\n"], ["utf-8-sig", "cp1252", "utf-16", "utf-16-le"])]
    for i, (delimiter, newline, encoding) in enumerate(ways):
        lake.drop(f"peb/bc/{i}.csv", csv_of(rows, delimiter, newline).encode(encoding))
    lake.take_in()
    assert {i: lake.loads()[f"{i}.csv"]["rows_accepted"] for i in range(len(ways))} == dict.fromkeys(range(16), 2)
    assert lake.accepted("peb", "item_description") == [("Café élan",), ("Meja",)] * len(ways)


def test_one_wrong_byte_late_in_a_file_does_not_spoil_the_rest(lake):
    rows = [item(i, item_description="Café " + "x" * 200) for i in range(4000)]
    last = csv_of([item(5000, item_description="Rosé")]).splitlines()[1].encode("cp1252")
    lake.drop("peb/bc/a.csv", csv_of(rows).encode() + last + b"\n")
    lake.take_in()
    found = [r[0] for r in lake.accepted("peb", "item_description")]
    assert (len(found), found[0][:4], found[-1]) == (4001, "Café", "Rosé")


def lines(*more):
    return csv_of(GOOD).splitlines()[:1] + list(more)


L1, L2, L3 = csv_of(GOOD).splitlines()[1:]
QUOTED = csv_of([item(4, item_description='"Meja\nbesar, ""jati"""')]).split("\n", 1)[1].rstrip("\n")


BODIES = [
    ([L1, L2 + ",x", L3], [1, 3], [(2, "row_shape")], 0),
    ([L1, "JUMLAH,3", L2], [1, 3], [(2, "row_shape")], 0),
    ([L1, "", L2, "   ", L3, ""], [1, 3, 5], [], 3),
    ([L1, "," * (len(GOOD[0]) - 1), L2], [1, 3], [], 1),
    ([QUOTED, L1], [1, 2], [], 0),
    ([L1, QUOTED, "kurang", QUOTED.replace("000004", "000005"), L2], [1, 2, 4, 5], [(3, "row_shape")], 0),
    ([L1, L2.replace("Meja", '"Meja'), L3], [1, 3], [(2, "row_shape")], 0),
    ([L1, L2.replace("Meja", 'Meja 5"'), L3], [1, 2, 3], [], 0),
    ([L1, L2.replace("Meja", '"Meja" 5'), L3, QUOTED], [1, 3, 4], [(2, "row_shape")], 0),
    ([L1, L2.replace(",", ";"), L3], [1, 2, 3], [], 0),
    ([L1, L2.replace("Meja", "Meja\x00"), L3], [1, 2, 3], [], 0),
]


@pytest.mark.parametrize(("newline", "big"), [("\n", 0), ("\n", 1 << 25), ("\r\n", 1 << 25), ("mixed", 1 << 25)])
def test_every_line_is_accepted_skipped_or_quarantined(lake, monkeypatch, newline, big):
    monkeypatch.setattr(intake.reading, "BIG", big)
    for n, (body, *_) in enumerate(BODIES):
        text = [line + (newline if newline != "mixed" else "\r\n" if i % 2 else "\n")
                for i, line in enumerate(lines(*body))]
        lake.drop(f"peb/bc/{n}.csv", "".join(text))
    lake.take_in()
    taken = {}
    for name, number in lake.accepted_rows("peb"):
        taken.setdefault(name, []).append(number)
    refused = {}
    for name, number, _, code in lake.quarantine():
        refused.setdefault(name, []).append((number, code))
    for n, (body, numbers, faults, skipped) in enumerate(BODIES):
        name = f"{n}.csv"
        assert (taken.get(name), refused.get(name, [])) == (numbers, faults), body
        assert shape(lake, name) == (len(numbers) + len(faults) + skipped, skipped, len(numbers), len(faults)), body


def test_a_cell_with_line_breaks_is_one_cell(lake):
    lake.drop("peb/bc/a.csv", "\n".join(lines(QUOTED, "kurang")))
    lake.take_in()
    assert lake.accepted("peb", "item_description") == [('Meja besar, "jati"',)]


def test_values_under_no_title_are_not_dropped(lake):
    text = csv_of(GOOD).splitlines()
    lake.drop("peb/bc/a.csv", "\n".join([text[0] + ",,", text[1] + ",,", text[2] + ",,catatan", text[3] + ",,"]))
    lake.take_in()
    assert lake.quarantine() == [("a.csv", 2, "", "row_shape")]
    assert shape(lake) == (3, 0, 2, 1)


def test_rows_are_conserved_whatever_happens_to_lines(lake):
    """Random damage; the physical rows are counted by Python's csv module, which shares nothing with the readers."""
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)
    damage = [lambda s: s + ",x", lambda s: s[:len(s) // 2], lambda s: "", lambda s: s.replace("Meja", '"a\nb"'),
              lambda s: s.replace("Meja", '"a, b"'), lambda s: s.replace("100.25", "x"), lambda s: "  "]
    physical = {}
    for n in range(30):
        rows = csv_of([item(1000 * n + i) for i in range(60)]).splitlines()
        body = [dice.choice(damage)(r) if dice.random() < 0.2 else r for r in rows[1:]]
        text = "\n".join(rows[:1] + body) + "\n"
        lake.drop(f"peb/bc/{n}.csv", text)
        physical[f"{n}.csv"] = sum(1 for _ in csv.reader(io.StringIO(text))) - 1
    lake.take_in()
    for name, rows in physical.items():
        read, skipped, accepted, quarantined = shape(lake, name)
        assert read == rows == skipped + accepted + quarantined, f"seed {seed}, file {name}"


def test_one_broken_file_takes_no_other_along(lake):
    lake.drop("peb/bc/a.csv", csv_of([item(1)]))
    lake.drop("peb/bc/b.csv", csv_of([item(2)]) + "rusak,baris\n")
    lake.drop("peb/bc/c.csv", csv_of([item(3)]))
    lake.drop("peb/bc/d.xlsx", b"PK\x03\x04 not a workbook")
    lake.drop("peb/bc/e.json", "{ rusak")
    lake.drop("peb/bc/f.json", dumps(document(6)))
    lake.drop("peb/bc/g.pdf", b"%PDF-1.7")
    lake.drop("peb/bc/h.csv", bytes(range(256)) * 50)
    lake.take_in()
    assert {n: x["status"] for n, x in lake.loads().items()} == {
        "a.csv": "loaded", "b.csv": "loaded", "c.csv": "loaded", "d.xlsx": "rejected", "e.json": "rejected",
        "f.json": "loaded", "g.pdf": "rejected", "h.csv": "rejected"}
    assert "Isinya PDF" in lake.loads()["g.pdf"]["reason"]


def test_a_format_the_feed_does_not_take_is_refused(lake):
    lake.drop("ska/ipska/a.json", dumps(document()))
    lake.take_in()
    assert lake.loads()["a.json"]["reason"] == "Berkas tidak dapat dibaca. Isinya JSON; feed ska menerima CSV, XLSX."


def workbook(path, rows, sheets=("Data",)):
    names = list(rows[0])
    with xlsxwriter.Workbook(path) as book:
        for title in sheets[:-1]:
            book.add_worksheet(title)
        sheet = book.add_worksheet(sheets[-1])
        iso = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [titles("peb")[n] for n in names])
        for r, row in enumerate(rows, 1):
            for c, name in enumerate(names):
                if isinstance(row[name], dt.date):
                    sheet.write_datetime(r, c, dt.datetime.combine(row[name], dt.time()), iso)
                else:
                    sheet.write(r, c, row[name])


def test_a_workbook_is_read_as_text(lake):
    numbers = {"item_number": 2, "item_fob": 1250000.5, "ndpbm": 15500, "registered_on": dt.date(2024, 1, 6),
               "hs_code": 94036090, "quantity": 0.0025}
    path = lake.drop("peb/bc/a.xlsx", "")
    blank = dict.fromkeys(item(**numbers), "")
    workbook(path, [item(1, **numbers), blank, item(2, **{**numbers, "item_fob": "lima x"})], ("Kosong", "Isi"))
    lake.take_in()
    found = lake.accepted("peb", "sheet, row_number, item_number, item_fob::varchar, hs_code, registered_on::varchar")
    assert found == [("Isi", 1, 2, "1250000.50", "94036090", "2024-01-06")]
    assert lake.quarantine() == [("a.xlsx", 3, "item_fob", "bad_number")]
    assert shape(lake, "a.xlsx") == (3, 1, 1, 1)


def test_json_comes_as_lines_or_a_list(lake):
    docs = [document(1), document(2, items=3)]
    ways = ["".join(dumps(d) + "\n" for d in docs), json.dumps(docs), json.dumps(docs, indent=2),
            "\ufeff" + "\r\n".join(dumps(d) for d in docs), "\n\n".join(dumps(d) for d in docs)]
    for n, text in enumerate(ways):
        lake.drop(f"peb/bc/{n}.json", text)
    lake.take_in()
    found = lake.accepted("peb", "row_number, item_number, ndpbm::varchar, origin_region_code, exporter_name, owners")
    assert [r[:2] for r in found] == [(1, 1), (2, 2), (3, 1), (4, 2), (5, 3)] * len(ways)
    assert {r[2:] for r in found} == {("15500.1234", "32.76", "PT Satu",
                                       '[{"npwp":"098765432109876","nib":null,"name":"UD Dua","value":null}]')}


def test_one_json_document_is_a_file_and_its_siblings_fail_with_it(lake):
    bad = document(2, items=3)
    bad["barang"][1]["fob"] = "banyak"
    lake.drop("peb/bc/a.json", json.dumps(document(1), indent=1))
    lake.drop("peb/bc/b.json", json.dumps([bad, document(3)], indent=1))
    lake.take_in()
    assert lake.loads()["a.json"]["rows_accepted"] == 2
    assert lake.quarantine() == [("b.json", 1, "", "document_incomplete"), ("b.json", 2, "item_fob", "bad_number"),
                                 ("b.json", 3, "", "document_incomplete")]
    assert shape(lake, "b.json") == (5, 0, 2, 3)


def test_a_broken_json_document_takes_no_other_along(lake):
    for at in range(3):
        docs = [dumps(document(i)) for i in range(3)]
        docs[at] = docs[at][:len(docs[at]) // 2]
        lake.drop(f"peb/bc/lines-{at}.json", "\n".join(docs))
        lake.drop(f"peb/bc/list-{at}.json", "[" + ",".join(docs) + "]")
        lake.drop(f"peb/bc/pretty-{at}.json", "[\n" + ",\n".join(docs) + "\n]")
    lake.take_in()
    assert sorted(lake.quarantine()) == sorted(
        (f"{way}-{at}.json", at * 2 + 1, "", "unreadable") for way in ("lines", "list", "pretty") for at in range(3))
    assert {shape(lake, name) for name in lake.loads()} == {(5, 0, 4, 1)}


def test_a_document_without_items_is_not_lost(lake):
    lake.drop("peb/bc/a.json", dumps(document(1, items=0)) + "\n" + dumps(document(2)))
    lake.take_in()
    assert shape(lake, "a.json") == (3, 0, 2, 1)
    assert ("a.json", 1, "item_number", "missing_value") in lake.quarantine()


def test_an_amount_in_json_never_passes_through_a_double(lake):
    text = dumps(document(1, items=1)).replace("100.25", "1234567890123456789012.25")
    lake.drop("peb/bc/a.json", text.replace("15500.1234", '"15500.1234"'))
    lake.take_in()
    assert lake.accepted("peb", "item_fob::varchar, ndpbm::varchar") == [("1234567890123456789012.25", "15500.1234")]


def test_intake_has_a_sentence_for_every_code():
    assert set(intake.reasons.OF_ROW) | set(intake.reasons.OF_FILE) >= {
        "unreadable", "empty", "unknown_feed", "unknown_columns", "missing_columns", "no_rows", "all_rows_rejected",
        "too_many_rejects", "row_shape", "missing_value", "bad_number", "bad_date", "bad_yes_no", "bad_pattern",
        "out_of_range", "not_in_list", "document_incomplete"}
