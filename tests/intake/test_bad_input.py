"""Hostile and hopeless files: each gets a reason in the ledger, in bounded memory, and nothing leaves LUMBUNG_HOME."""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from intake_files import csv_of, document, item, titles

from lumbung import intake
from lumbung.bench.measure import measured
from lumbung.lake.home import Home

HERE = Path(__file__).parent
MB = 1 << 20
LIMIT_MB = 1024
GOOD = csv_of([item(1), item(2), item(3)])


@dataclass
class Ended:
    """What a process of its own made of the files."""

    home: Home
    peak_memory_mb: float

    @property
    def loads(self) -> dict[str, dict]:
        return {load["file_name"]: load for load in intake.loads_table(self.home)}

    @property
    def reasons(self) -> set[tuple]:
        return {(q["file_name"], q["row_number"], q["reason_code"]) for q in intake.quarantine_table(self.home)}


@pytest.fixture
def taken_in(tmp_path):
    """Take files in, watched: the memory of the process, and that it writes nowhere but in its home."""
    def run(files: dict[str, bytes | list[bytes]]) -> Ended:
        home = Home(tmp_path / "inside" / "home").make()
        for place, content in files.items():
            path = home.inbox / place
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for chunk in content if isinstance(content, list) else [content]:
                    file.write(chunk)
        outside = [tmp_path / name for name in ("user", "temp")]
        for folder in outside:
            folder.mkdir(exist_ok=True)
        before = _names(tmp_path, home.root)
        cost = measured("take_in_all", log=home.root / "take_in.log", environment={
            "LUMBUNG_HOME": str(home.root), "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(outside[0]), "TMPDIR": str(outside[1]), "LUMBUNG_KEY": ""})
        assert _names(tmp_path, home.root) == before, "written outside LUMBUNG_HOME"
        assert list(home.scratch.glob("typing-*")) == []
        assert not [p for p in home.inbox.rglob("*") if p.is_file()]
        return Ended(home, cost.peak_memory_mb)
    return run


def _names(root: Path, but: Path) -> set[Path]:
    return {p for p in root.rglob("*") if but != p and but not in p.parents}


def _rows_balance(load: dict) -> bool:
    return load["rows_read"] == load["rows_skipped"] + load["rows_accepted"] + load["rows_quarantined"]


@pytest.mark.parametrize("where", ["plain", "quoted"])
def test_a_cell_of_200_megabytes(taken_in, where):
    head, good, *_ = GOOD.splitlines()
    start, end = csv_of([item(9, item_description="@")]).splitlines()[1].split("@")
    quote = b'"' if where == "quoted" else b""
    ended = taken_in({"peb/bc/a.csv": [
        f"{head}\n{good}\n{start}".encode(), quote, *[b"a" * MB] * 200, quote, f"{end}\n".encode()],
        "peb/bc/b.csv": csv_of([item(4)]).encode()})
    assert ended.peak_memory_mb < LIMIT_MB
    assert ended.loads["b.csv"]["status"] == "loaded"
    load = ended.loads["a.csv"]
    assert _rows_balance(load)
    assert load["reason"] or {r[2] for r in ended.reasons} <= {"row_shape", "cell_too_long"}
    assert load["rows_accepted"] < 2


def test_a_json_document_of_200_megabytes(taken_in):
    start, end = json.dumps(document(1, uraian="@")).split("@")
    ended = taken_in({"peb/bc/a.json": [start.encode(), *[b"a" * MB] * 200, end.encode()],
                      "peb/bc/b.json": json.dumps(document(2)).encode()})
    assert ended.peak_memory_mb < LIMIT_MB
    assert ended.loads["b.json"]["rows_accepted"] == 2
    load = ended.loads["a.json"]
    assert _rows_balance(load)
    assert load["reason"] or load["rows_quarantined"] or load["rows_accepted"] == 2


def test_a_list_of_documents_of_200_megabytes(taken_in):
    """More than DuckDB could parse in one piece; each document is short."""
    documents = [json.dumps(document(number, items=3)) for number in range(3000)]
    many = ",\n".join(documents).encode()
    times = 200 * MB // len(many)
    ended = taken_in({"peb/bc/a.json": [b"[", many, *[b",\n" + many] * (times - 1), b"]"]})
    assert ended.peak_memory_mb < LIMIT_MB
    assert ended.loads["a.json"]["rows_accepted"] == times * 3000 * 3


def test_a_sound_file_of_200_megabytes(taken_in):
    line = csv_of([item(1, item_description="Meja " + "kayu " * 40)]).splitlines()[1] + "\n"
    many = (line * (MB // len(line))).encode()
    count = 200 * MB // len(many)
    ended = taken_in({"peb/bc/a.csv": [GOOD.splitlines()[0].encode() + b"\n", *[many] * count]})
    assert ended.peak_memory_mb < LIMIT_MB
    assert ended.loads["a.csv"]["rows_accepted"] == count * (MB // len(line))


def _book(draw) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        draw(book.add_worksheet("Data"))
    return out.getvalue()


def test_ten_thousand_columns(taken_in):
    wide = ",".join(f"kolom {c}" for c in range(10_000))
    known = GOOD.splitlines()
    beside = "\n".join([f"{known[0]},{wide}", *(f"{row},{wide}" for row in known[1:])])
    ended = taken_in({"peb/bc/a.csv": f"{wide}\n{wide}\n".encode(), "peb/bc/b.csv": beside.encode(),
                      "peb/bc/d.csv": ("," * 10_000 + "\n").encode() * 50,
                      "peb/bc/e.csv": (GOOD + wide + "\n").encode()})
    assert ended.peak_memory_mb < LIMIT_MB
    assert {name: load["status"] for name, load in ended.loads.items()} == {
        "a.csv": "rejected", "b.csv": "rejected", "d.csv": "rejected", "e.csv": "loaded"}
    assert all(ended.loads[name]["reason"] for name in ("a.csv", "b.csv", "d.csv"))
    assert ("e.csv", 4, "row_shape") in ended.reasons


def test_ten_thousand_columns_in_a_workbook(lake):
    lake.drop("peb/bc/a.xlsx", _book(
        lambda sheet: [sheet.write_row(r, 0, [f"kolom {c}" for c in range(10_000)]) for r in range(3)]))
    lake.take_in()
    assert lake.loads()["a.xlsx"]["status"] == "rejected"
    assert lake.loads()["a.xlsx"]["reason"]


def _with_formulas(values: list) -> bytes:
    names = list(item())
    def draw(sheet):
        sheet.write_row(0, 0, [titles("peb")[n] for n in names])
        for r, value in enumerate(values, 1):
            sheet.write_row(r, 0, list(item(r).values()))
            sheet.write_formula(r, names.index("item_fob"), "=1000+250.5", None, value)
    return _book(draw)


def test_a_column_of_formulas_gives_what_the_spreadsheet_worked_out_or_a_reason(lake):
    lake.drop("peb/bc/a.xlsx", _with_formulas([1250.5, "#REF!", "", 1250.5]))
    lake.take_in()
    assert lake.accepted("peb", "row_number, item_fob::varchar") == [(1, "1250.50"), (4, "1250.50")]
    assert {q[1] for q in lake.quarantine()} == {2, 3}


NAMES = ["a..csv", "a..\\..\\jahat.csv", "%2e%2e%2fjahat.csv", "a\x1b[31m\x07.csv", "a\nb.csv", "$(touch jahat).csv",
         "'; drop table loads; --.csv", "-rf.csv", "a\u202evsc.exe.csv", "*?[a].csv", "é" * 100 + ".csv"]


def test_names_are_data(taken_in):
    ended = taken_in({f"peb/bc/{name}": csv_of([item(number)]).encode() for number, name in enumerate(NAMES)})
    assert len(ended.loads) == len(NAMES)
    assert all(name.isprintable() for name in ended.loads)
    assert {load["rows_accepted"] for load in ended.loads.values()} == {1}


def test_names_that_begin_with_a_dot_wait_untouched(lake):
    """Senders hide what they have not sent whole."""
    kept = lake.drop("peb/bc/..\\..\\jahat.csv", GOOD)
    lake.take_in()
    assert kept.read_text() == GOOD
    assert lake.loads() == {}


def test_member_names_of_an_archive_are_data(taken_in):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../jahat.csv", GOOD)
    absolute = io.BytesIO()
    with zipfile.ZipFile(absolute, "w") as archive:
        archive.writestr("/tmp/jahat-lumbung.csv", csv_of([item(7)]))
    ended = taken_in({"peb/bc/a.zip": out.getvalue(), "peb/bc/b.zip": absolute.getvalue()})
    for load in ended.loads.values():
        assert load["status"] == "loaded" or load["reason"]
    assert not Path("/tmp/jahat-lumbung.csv").exists()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _protected() -> bytes:
    names = "".join(name.ljust(32, "\0") for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    return OLE + bytes(504) + names.encode("utf-16-le") + bytes(4096)


def test_torn_and_locked_files(lake):
    book = _with_formulas([1250.5] * 50)
    text = csv_of([item(n) for n in range(1, 50)]).encode()
    lines = "".join(json.dumps(document(n)) + "\n" for n in range(100, 105)).encode()
    for name, content in {
            "terkunci.xlsx": _protected(), "robek.xlsx": book[:-200], "separuh.xlsx": book[:len(book) // 2],
            "ujung.xlsx": b"PK\x03\x04", "robek.csv": text[:-60], "robek.json": lines[:-60],
            "kosong.xlsx": b"", "nol.csv": bytes(5000)}.items():
        lake.drop(f"peb/bc/{name}", content)
    lake.take_in()
    loads = lake.loads()
    assert {name: load["status"] for name, load in loads.items()} == {
        "terkunci.xlsx": "rejected", "robek.xlsx": "rejected", "separuh.xlsx": "rejected", "ujung.xlsx": "rejected",
        "robek.csv": "loaded", "robek.json": "loaded", "kosong.xlsx": "rejected", "nol.csv": "rejected"}
    assert all(load["reason"] for load in loads.values() if load["status"] == "rejected")
    assert "sandi" in loads["terkunci.xlsx"]["reason"]
    assert (loads["robek.csv"]["rows_accepted"], loads["robek.csv"]["rows_quarantined"]) == (48, 1)
    assert (loads["robek.json"]["rows_accepted"], loads["robek.json"]["rows_quarantined"]) == (8, 1)


def test_a_workbook_that_swells_is_refused(taken_in):
    """Two megabytes on disk, two thousand when unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_with_formulas([1.0]))) as sound, \
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in sound.namelist():
            if not name.endswith("sheet1.xml"):
                bomb.writestr(name, sound.read(name))
        with bomb.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b'<?xml version="1.0"?><worksheet xmlns='
                        b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            row = b'<row><c t="inlineStr"><is><t>' + b"a" * 900 + b"</t></is></c></row>"
            for _ in range(1000):
                sheet.write(row * 2000)
            sheet.write(b"</sheetData></worksheet>")
    ended = taken_in({"peb/bc/a.xlsx": out.getvalue(), "peb/bc/b.csv": GOOD.encode()})
    assert ended.peak_memory_mb < LIMIT_MB
    assert ended.loads["a.xlsx"]["status"] == "rejected"
    assert ended.loads["a.xlsx"]["reason"]
    assert ended.loads["b.csv"]["rows_accepted"] == 3


def test_json_nested_without_end(taken_in):
    bad = {f"peb/bc/{kind}{depth}.json": start + b"[" * depth + b"]" * depth * closed
           for depth in (5_000, 200_000) for kind, start, closed in (("a", b'{"barang":', 0), ("b", b"", 1))}
    ended = taken_in({**bad, "peb/bc/c.json": json.dumps(document(1)).encode()})
    assert ended.peak_memory_mb < LIMIT_MB
    assert ended.loads.pop("c.json")["rows_accepted"] == 2
    for name in bad:
        load = ended.loads[name.rsplit("/", 1)[1]]
        assert load["status"] == "rejected"
        assert load["reason"]


def test_a_link_in_the_inbox_is_not_followed(lake, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(GOOD)
    folder = lake.home.inbox / "peb" / "bc"
    folder.mkdir(parents=True)
    (folder / "a.csv").symlink_to(secret)
    (lake.home.inbox / "ska").symlink_to(tmp_path)
    lake.take_in()
    assert lake.loads() == {}
    assert secret.read_text() == GOOD
