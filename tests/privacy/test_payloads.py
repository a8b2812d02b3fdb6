"""A person taken out of bytes of every kind, the rest left as it came."""

import csv
import gzip
import io
import random
import time
import zipfile

import pytest
import python_calamine
import xlsxwriter

from lumbung.privacy import Person
from lumbung.privacy.payloads import CantSearch, redact

ANOTHER = "Tetangga Sebelah"


@pytest.fixture
def person(people) -> Person:
    return Person(npwp=(people.NPWP,), name=(people.NAME,))


def table(content: bytes) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_record_becomes_an_empty_one_whatever_the_writing(people, person, encoding, delimiter, newline):
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator=newline)
    writer.writerow(["No", "Nama", "Alamat", "NPWP"])
    before = [["1", ANOTHER, f"Jl. Café{newline}Depok", "1"], ["2", people.NAME.upper(), f"baris{newline}dua", "2"],
              ["3", "X", "Y", "99.500.009.9-404.001"], ["4", "Z", 'kata "kutip"', "4"]]
    writer.writerows(before)
    content = target.getvalue().encode(encoding)
    done = redact(content, person)
    rows = list(csv.reader(io.StringIO(done.content.decode(encoding), newline=""), delimiter=delimiter))
    assert rows[1:] == [before[0], [""] * 4, [""] * 4, before[3]]
    assert (done.emptied, done.removed) == (2, 0)
    assert redact(done.content, person).content is None


def test_a_quote_nobody_closed_costs_no_other_line(people, person):
    lines = ['1,"Nama,Kota', *(f"{n},Nama,Kota" for n in range(2, 900)), f"900,{people.NAME},Depok"]
    lines += [f"{n},Nama,Kota" for n in range(901, 1200)]
    done = redact(("No,Nama,Kota\n" + "\n".join(lines) + "\n").encode(), person)
    kept = done.content.decode().splitlines()
    assert [line for line in lines if line not in kept] == [f"900,{people.NAME},Depok"]


def test_a_workbook_keeps_all_but_the_rows(people, person):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"author": people.NAME})
        sheet = book.add_worksheet("Daftar")
        bold = book.add_format({"bold": True, "num_format": "dd/mm/yyyy"})
        sheet.merge_range("A1:C1", "Daftar IKM", bold)
        sheet.write_row("A3", ["Nama", "NPWP", "Catatan"])
        sheet.write_row("A4", [ANOTHER, 12345, "tetap"])
        sheet.write_row("A5", ["Orang", int(people.NPWP), "rahasia orang ini"])
        sheet.write_rich_string("A6", "Contoh ", bold, "Wiratama")
        sheet.write_row("A7", ["Terakhir", 7, "tetap"])
        sheet.write_comment("A7", f"tanya {people.NAME}")
    done = redact(target.getvalue(), person)
    assert done.emptied == 2
    rows = table(done.content)
    assert [row[0] for row in rows] == ["Daftar IKM", "", "Nama", ANOTHER, "", "", "Terakhir"]
    with zipfile.ZipFile(io.BytesIO(done.content)) as after, zipfile.ZipFile(target) as before:
        assert after.namelist() == before.namelist()
        assert after.read("xl/styles.xml") == before.read("xl/styles.xml")
        everything = b"".join(after.read(name) for name in after.namelist()).decode("utf-8", "ignore")
    for sign in (people.NAME, people.NPWP, "Wiratama", "rahasia orang ini"):
        assert sign not in everything


def test_archives_are_looked_into(people, person):
    inner = people.csv_of([people.roster_row(1), people.theirs(2)]).encode()
    done = redact(gzip.compress(inner), person)
    assert people.NAME not in gzip.decompress(done.content).decode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.csv", inner)
        archive.writestr("b.csv", people.csv_of([people.roster_row(5)]))
        archive.writestr("c.xlsx", people.xlsx_of([people.theirs(3)]))
    done = redact(target.getvalue(), person)
    assert done.emptied == 2
    with zipfile.ZipFile(io.BytesIO(done.content)) as archive:
        assert archive.read("b.csv").decode() == people.csv_of([people.roster_row(5)])
        assert people.NAME not in archive.read("a.csv").decode()


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"PK\x03\x04 broken", b"\x1f\x8b broken",
                                     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 40])
def test_what_nobody_can_look_into_is_said_to_be_so(person, content):
    with pytest.raises(CantSearch):
        redact(content, person)


def test_every_way_of_writing_a_number_is_found_and_no_other_number():
    seed = time.time_ns() % 1_000_000
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(300):
        npwp = f"{chance.randrange(10**14, 10**15)}"
        pattern = Person(npwp=(npwp,)).python
        dotted = f"{npwp[:2]}.{npwp[2:5]}.{npwp[5:8]}.{npwp[8]}-{npwp[9:12]}.{npwp[12:]}"
        exact = f"{npwp[0]}.{npwp[1:]}E+014"
        for written in (npwp, "0" + npwp, dotted, exact, f"NPWP:{npwp}", f'"{dotted}"', npwp + "000000"):
            assert pattern.search(written), (npwp, written)
        other = f"{int(npwp) + chance.randrange(1, 10)}"
        for written in (other, "1" + npwp, npwp + "1", npwp[:-1]):
            assert not pattern.search(written), (npwp, written)
    for phone in ("0812-9999-4041", "+62 812 9999 4041", "6281299994041", "(0812) 9999.4041", "81299994041",
                  "8.1299994041e+010"):
        assert Person(phone=("081299994041",)).python.search(phone), phone
    assert not Person(phone=("081299994041",)).python.search("0812999940411")
