"""gzip and zip: members are read like files; bombs, nests and odd names do no harm."""

import gzip
import io
import zipfile

import pytest
from office_files import TITLES, document, dumps, row, text, workbook


def packed(*members: tuple[str, bytes | str], method=zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("content", [
    text(TITLES, row(1)).encode(), dumps(document(1)).encode(), workbook(("Data", [TITLES, row(1)]))],
    ids=["csv", "json", "xlsx"])
def test_gzip_is_read_as_what_is_in_it(desk, content):
    desk.path("peb/bc/a.gz").write_bytes(gzip.compress(content))
    desk.take_in()
    assert desk.counts("a.gz") == (1, 0, 1, 0), desk.load("a.gz")


def test_members_of_a_zip_are_one_load_with_their_names_as_sheets(desk):
    desk.path("peb/bc/a.zip").write_bytes(packed(
        ("b.csv", text(TITLES, row(1), row(2, fob="x"))), ("c.json", dumps(document(3))),
        ("e.csv", text(TITLES, row(6))),
        ("x/d.xlsx", workbook(("Lembar", [TITLES, row(4)]))), ("__MACOSX/b.csv", b"\0\1")))
    desk.take_in()
    assert desk.rows("peb", "sheet, row_number") == [
        ("b.csv", 1), ("c.json", 1), ("e.csv", 1), ("x/d.xlsx/Lembar", 1)]
    assert desk.faults() == [("b.csv", 2, "item_fob", "bad_number")]
    assert desk.counts("a.zip") == (5, 0, 4, 1)


@pytest.mark.parametrize(("ending", "content"), [
    ("csv", lambda n: text(TITLES, row(n, name=f"CV Café {n}")).encode("cp1252")),
    ("json", lambda n: dumps(document(n)).encode("utf-16"))])
def test_each_member_that_is_not_utf8_keeps_its_own_rows(desk, ending, content):
    desk.path("peb/bc/a.zip").write_bytes(packed(*((f"{n}.{ending}", content(n)) for n in (1, 2, 3))))
    desk.take_in()
    assert desk.rows("peb", "sheet, nomor_aju") == [(f"{n}.{ending}", row(n)[0]) for n in (1, 2, 3)]


def test_a_member_that_cannot_be_read_refuses_the_whole_archive_and_no_other_file(desk):
    desk.path("peb/bc/a.zip").write_bytes(packed(("b.csv", text(TITLES, row(1))), ("c.pdf", b"%PDF-1.7")))
    desk.path("peb/bc/b.csv").write_text(text(TITLES, row(2)))
    desk.take_in()
    assert desk.status("a.zip") == ("rejected", "unreadable")
    assert "(dalam arsip: 'c.pdf')" in desk.load("a.zip")["reason"]
    assert desk.rows("peb", "nomor_aju") == [(row(2)[0],)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [
    "../../../keluar.csv", "/etc/keluar.csv", "..\\keluar.csv", "a\x07b\n.csv", "n" * 300])
def test_a_name_is_never_a_path(desk, tmp_path, name):
    desk.path("peb/bc/a.zip").write_bytes(packed((name, text(TITLES, row(1))), (name, text(TITLES, row(2)))))
    desk.take_in()
    assert desk.counts("a.zip") == (2, 0, 2, 0), desk.load("a.zip")
    assert all(sheet.isprintable() for sheet, in desk.rows("peb", "sheet"))
    assert [p.name for p in tmp_path.iterdir()] == ["home"]
    assert not list(tmp_path.rglob("*keluar*"))


def many(count: int) -> bytes:
    return packed(*[(f"{i}.csv", "") for i in range(count)])


def nested() -> bytes:
    return packed(("b.zip", packed(("c.csv", text(TITLES, row(1))))))


@pytest.mark.parametrize(("make", "code"), [
    (lambda: packed(("a.csv", bytes(40 << 20))), "zip_bomb"),
    (lambda: gzip.compress(bytes(40 << 20)), "zip_bomb"),
    (lambda: many(1001), "zip_bomb"),
    (nested, "nested_archive"),
    (lambda: gzip.compress(nested()), "nested_archive"),
    (lambda: gzip.compress(text(TITLES, row(1)).encode())[:-12], "unreadable"),
    (lambda: packed(("a.csv", text(TITLES, row(1))))[:-30], "unreadable"),
    (lambda: packed(), "no_rows"),
    (lambda: packed(("a.xlsx", "")), "empty"),
])
def test_an_archive_that_is_no_good_is_refused_with_its_reason(desk, make, code):
    desk.path("peb/bc/a.zip").write_bytes(make())
    desk.take_in()
    assert desk.status("a.zip") == ("rejected", code)


def test_a_zip_that_lies_about_its_sizes_is_stopped(desk):
    data = bytearray(packed(("a.csv", bytes(40 << 20))))
    size = (40 << 20).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at:at + 4] = (100).to_bytes(4, "little")
    desk.path("peb/bc/a.zip").write_bytes(bytes(data))
    desk.take_in()
    assert desk.status("a.zip")[0] == "rejected"
