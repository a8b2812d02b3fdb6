"""The answer key says what the files say, and broken rows are only where it tells."""

import csv
import json
from collections import Counter
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook
from sample_reading import read, windows

from lumbung.errors import UsageError
from lumbung.sample import write_sample


@pytest.fixture(params=["small", "broken"])
def made(request):
    return request.getfixturevalue(request.param)


def rows_of(path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_city_months_add_up_in_the_stated_currencies(sound):
    with read(sound.inbox) as con:
        found = {tuple(row[:5]): (row[5], row[6]) for row in con.execute("""
            SELECT basis, city, strftime(day, '%Y-%m'), coalesce(currency, ''), value_basis, sum(amount), count(*)
            FROM counted GROUP BY ALL""").fetchall()}
    told = {(r["basis"], r["region_code"], r["month"], r["currency"], r["value_basis"]):
            (Decimal(r["amount"]) if r["amount"] else None, int(r["items"]))
            for r in rows_of(sound.key / "city_month.csv")}
    assert told == found


def test_planted_faults_leave_the_sound_totals_alone(sound, broken):
    for name in ("city_month.csv", "documents.csv"):
        assert (sound.key / name).read_bytes() == (broken.key / name).read_bytes()
    with read(sound.inbox) as before, read(broken.inbox) as after:
        for basis in ("peb", "ska"):
            assert _cents(windows(before, basis)) == _cents(windows(after, basis))


def _cents(cities: dict[str, dict]) -> dict:
    return {city: {name: round(value, 2) for name, value in told.items()} for city, told in cities.items()}


def test_sound_rows_stay_where_they_were(sound, broken):
    for path in sorted(sound.inbox.rglob("*.*")):
        spoilt = broken.inbox / path.relative_to(sound.inbox)
        assert spoilt.read_bytes().startswith(path.read_bytes()) or path.suffix == ".xlsx"


def test_counts_a_file_are_those_of_the_file(made):
    listed = rows_of(made.key / "files.csv")
    on_disk = {p.relative_to(made.folder).as_posix() for p in made.inbox.rglob("*") if p.is_file()}
    assert {line["path"] for line in listed} == on_disk
    for line in [line for line in listed if "contoh-berantakan" not in line["path"]]:
        rows, documents = _count(made.folder / line["path"])
        assert (rows, documents) == (int(line["rows"]), int(line["documents"])), line["path"]
        assert int(line["rows_accepted"]) + int(line["rows_quarantined"]) == rows


def _count(path) -> tuple[int, int]:
    if path.suffix == ".xlsx":
        rows = len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1
        return rows, rows
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".json", ".jsonl"):
        documents = [json.loads(line) for line in text.splitlines()]
        return sum(len(d["barang"]) for d in documents), len(documents)
    rows = list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
    keys = {"peb": ("Nomor Aju", "Nomor Nota"), "ska": ("Nomor SKA", "Tanggal Perubahan")}.get(path.parts[-3])
    return len(rows), len({tuple(r[k] for k in keys) for r in rows}) if keys else len(rows)


def test_every_row_says_it_is_made_up(made):
    for path in made.inbox.rglob("*.*"):
        assert path.name.startswith("data-buatan-")
        if "contoh-berantakan" in path.parent.name:
            continue
        if path.suffix == ".xlsx":
            header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            marks = {row[header.index("Penanda Data")] for row in rows}
        elif path.suffix == ".csv":
            text = path.read_text(encoding="utf-8")
            delimiter = ";" if ";" in text.splitlines()[0] else ","
            marks = {r["Penanda Data"] for r in csv.DictReader(text.splitlines(), delimiter=delimiter)}
        else:
            marks = {json.loads(line)["penandaData"] for line in path.read_text(encoding="utf-8").splitlines()}
        assert marks == {"DATA BUATAN"}, path


def test_versions_are_told_apart_and_keep_their_exporter(broken):
    changed = rows_of(broken.key / "documents.csv")
    kinds = Counter((r["feed"], r["kind"]) for r in changed)
    for kind in (("peb", "corrected"), ("peb", "cancelled"), ("peb", "refiled"), ("peb", "replaced"),
                 ("peb", "unregistered"), ("ska", "amended"), ("ska", "replacement"), ("ska", "replaced"),
                 ("ska", "cancelled")):
        assert kinds[kind], kind
    with read(broken.inbox) as con:
        versions = dict(con.execute("""SELECT document, count(DISTINCT coalesce(note, 0)) FROM peb
                                       GROUP BY 1""").fetchall())
        movers = con.execute("""SELECT document FROM peb WHERE document NOT LIKE '%Z_____' GROUP BY 1
                                HAVING count(DISTINCT exporter) > 1 OR count(DISTINCT day) > 1""").fetchall()
        twins = con.execute("""SELECT document FROM peb GROUP BY document, coalesce(note, 0), item
                               HAVING count(*) > 1""").fetchall()
        unnamed = con.execute("""SELECT count(*) FROM ska WHERE "Kode Wilayah Eksportir" IS NULL""").fetchone()[0]
        lost = con.execute("SELECT count(*) FROM counted WHERE city IS NULL").fetchone()[0]
    assert movers == twins == []
    for r in changed:
        if r["feed"] == "peb":
            assert versions[r["document"]] == int(r["versions"])
        if r["kind"] in ("refiled", "replacement"):
            assert r["replaces"]
    assert unnamed > 0 == lost            # only the register knows where some exporters are, and it knows all


def test_each_fault_stands_where_the_key_says(broken):
    faults = rows_of(broken.key / "faults.csv")
    sound = [f for f in faults if "contoh-berantakan" not in f["path"]]
    assert {f["feed"] for f in sound} == {"peb", "ska"}
    assert broken.told["faults"] == len(faults)
    for fault in sound:
        text = (broken.folder / fault["path"]).read_text(encoding="utf-8").splitlines()
        if fault["path"].endswith(".csv"):
            line = text[int(fault["row_number"])]
        else:
            items = [(line, item) for line in text for item in json.loads(line)["barang"]]
            line = items[int(fault["row_number"]) - 1][0]
        assert fault["raw_value"] in line
        assert fault["document"] in line or fault["column_name"] == "nomor_aju" or "25" in fault["kind"]


def test_planted_rows_are_counted(broken):
    faults = rows_of(broken.key / "faults.csv")
    rows = Counter((f["path"], f["expected"]) for f in faults if f["row_number"])
    for line in rows_of(broken.key / "files.csv"):
        assert int(line["rows_quarantined"]) == rows[line["path"], "quarantined"], line["path"]


def test_messy_cells_stand_in_the_row_of_the_key(broken):
    """Read with Python's csv module and calamine, which know nothing of the generator."""
    faults = [f for f in rows_of(broken.key / "faults.csv")
              if "data-buatan-nilai-" in f["path"] and f["raw_value"]]
    assert len(faults) > 60
    for fault in faults:
        with (broken.folder / fault["path"]).open(encoding="utf-8", newline="") as handle:
            row = list(csv.reader(handle))[int(fault["row_number"])]
        assert fault["raw_value"] in row


def test_every_kind_of_fault_is_planted_with_its_outcome(broken):
    faults = rows_of(broken.key / "faults.csv")
    assert {f["expected"] for f in faults} == {
        "quarantined", "accepted", "skipped", "file_rejected", "file_held", "redelivered", "accepted|quarantined"}
    for fault in faults:
        wants_reason = fault["expected"] in ("quarantined", "file_rejected", "file_held", "accepted|quarantined")
        assert bool(fault["reason_code"]) == wants_reason, fault
        assert not (fault["value"] and "accepted" not in fault["expected"])
    assert {f["kind"] for f in faults} >= {
        "title_rows", "merged_header", "totals_row", "signature_row", "other_delimiter", "utf8_bom", "utf16",
        "windows_1252", "phone_in_scientific_notation", "nothing_in_words", "indonesian_number",
        "negative_in_brackets", "date_in_words", "excel_serial", "date_range", "weekday_and_day", "npwp_with_dots",
        "hs_with_dots", "country_by_name", "region_by_name", "homonym_region", "district_for_region",
        "impossible_date", "negative_amount", "unknown_country", "hs_of_seven_digits", "aju_of_25_characters",
        "missing_required", "cell_over_lines", "ragged_row", "duplicated_row", "truncated_file", "empty_file",
        "wrong_feed", "zero_byte_workbook", "gzip", "zip", "json_broken_in_the_middle", "zip_bomb", "password"}


def test_the_rate_sets_how_much_is_planted(tmp_path, broken):
    told = write_sample(tmp_path, rows=2_000, seed=3, fault_rate=0.2)
    faults = rows_of(tmp_path / "answer_key/faults.csv")
    beside = [f for f in faults if "contoh-berantakan" not in f["path"]]
    sound = sum(told["rows_by_feed"][feed] for feed in ("peb", "ska")) - len(beside)
    assert 0.17 <= len(beside) / sound <= 0.23
    assert told["files"] > 1.3 * broken.told["files"]


def test_planting_twice_gives_the_same_bytes(tmp_path, broken):
    write_sample(tmp_path, rows=2_000, seed=3, fault_rate=0.02)
    for path in sorted(p for p in broken.folder.rglob("*") if p.is_file()):
        assert (tmp_path / path.relative_to(broken.folder)).read_bytes() == path.read_bytes(), path


def test_numbers_are_well_formed_and_plainly_made_up(small):
    with read(small.inbox) as con:
        bad = con.execute("""SELECT document FROM peb WHERE NOT regexp_matches(document, '^[A-Z0-9]{26}$')
            OR try_strptime(document[13:20], '%Y%m%d') IS NULL OR NOT regexp_matches(hs_code, '^[0-9]{8}$')
            OR NOT regexp_matches(exporter, '^0?99[0-9]{13}$')""").fetchall()
        lengths = {n for (n,) in con.execute("SELECT DISTINCT length(exporter) FROM peb").fetchall()}
        currencies = dict(con.execute("SELECT currency, count(*) FROM peb GROUP BY 1").fetchall())
        numbers = con.execute("""SELECT DISTINCT "Nomor SKA" FROM ska
                                 WHERE NOT regexp_matches("Nomor SKA", '^[0-9]+/[A-Z0-9]+/[0-9]{4}$')""").fetchall()
    assert bad == numbers == []
    assert lengths == {15, 16}
    assert set(currencies) == {"USD", "AUD", "JPY", "EUR", "SGD", "CNY"}
    assert currencies["USD"] > 0.6 * sum(currencies.values())


def test_another_seed_is_another_inbox_of_about_the_rows_asked(tmp_path, broken):
    told = write_sample(tmp_path, rows=2_000, seed=4)
    assert 1_800 <= told["rows_by_feed"]["peb"] <= 2_400
    name = "inbox/peb/bea-cukai/data-buatan-peb-2023-03.jsonl"
    assert (tmp_path / name).read_bytes() != (broken.folder / name).read_bytes()


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"seed": -1}, {"fault_rate": 0.9}, {"makers": 0}])
def test_wrong_arguments_are_wrong_usage(tmp_path, wrong):
    with pytest.raises(UsageError):
        write_sample(tmp_path, **{"rows": 500, "seed": 1, **wrong})
    assert list(tmp_path.iterdir()) == []


def test_an_old_sample_is_never_overwritten(small):
    with pytest.raises(UsageError, match="already"):
        write_sample(small.folder, rows=500, seed=1)
