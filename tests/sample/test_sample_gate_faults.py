"""Deliveries that only a gate can tell are wrong: each as the key says it is, and the same for the same seed."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from lumbung.sample import write_sample


def key_of(made) -> list[dict]:
    with (made.key / "gates.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def path_of(made, kind: str) -> Path:
    path, = {line["path"] for line in key_of(made) if line["kind"] == kind}
    return made.folder / path


def documents(made, kind: str) -> list[dict]:
    return [json.loads(line) for line in path_of(made, kind).read_text(encoding="utf-8").splitlines()]


def cancelled(made) -> list[dict]:
    """The documents that leave a city's month empty; those beside them fill the months before."""
    return [d for d in documents(made, "city_left_out") if d["tanggalBatal"]]


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_delivery_has_its_line_and_every_line_its_delivery(sound):
    lines = key_of(sound)
    on_disk = {p.relative_to(sound.folder).as_posix() for p in (sound.folder / "gate_faults").rglob("*.*")}
    assert {line["path"] for line in lines} == on_disk
    assert len(on_disk) == len({line["kind"] for line in lines}) > 50
    for line in lines:
        assert line["path"].startswith(f"gate_faults/{line['kind']}/inbox/{line['feed']}/{line['agency']}/data-buatan-")
        assert line["what"]
    assert {(line["step"], line["severity"]) for line in lines} == {
        (step, severity) for step in ("raw", "staging", "marts") for severity in ("critical", "warning")}


def test_every_delivery_says_it_is_made_up(sound):
    for path in (sound.folder / "gate_faults").rglob("*.*"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert all("DATA BUATAN" in line for line in lines[path.suffix == ".csv":]), path


def test_they_rest_on_what_is_sound_and_are_small(sound, broken):
    for path in (sound.folder / "gate_faults").rglob("*.*"):
        assert (broken.folder / path.relative_to(sound.folder)).read_bytes() == path.read_bytes(), path
        assert path.stat().st_size < 100_000


def test_no_number_is_one_of_the_sample_but_where_a_document_is_said_again(sound):
    numbers = Counter()
    for path in sorted((sound.folder / "gate_faults").rglob("*.json*")):
        numbers.update({json.loads(line)["nomorAju"] for line in path.read_text(encoding="utf-8").splitlines()})
    known = "".join(p.read_text(encoding="utf-8") for p in sound.inbox.glob("peb/*/*"))
    again = {d["nomorAju"] for d in [*cancelled(sound), *documents(sound, "said_otherwise")]}
    assert {number for number in numbers if number in known} == again
    assert {number for number, times in numbers.items() if times > 1} <= again


@pytest.mark.parametrize("rows", [100, 700])
def test_the_least_sample_has_them_all(tmp_path, sound, rows):
    write_sample(tmp_path, rows=rows, seed=8)
    with (tmp_path / "answer_key" / "gates.csv").open(encoding="utf-8", newline="") as handle:
        assert {line["kind"] for line in csv.DictReader(handle)} == {line["kind"] for line in key_of(sound)}


def test_a_header_is_the_sum_of_its_items_but_where_it_is_planted_not_to_be(sound):
    for path in (sound.folder / "gate_faults").rglob("*.json*"):
        off = [d for d in map(json.loads, path.read_text(encoding="utf-8").splitlines())
               if abs(d["fob"] - sum(item["fob"] for item in d["barang"])) > 0.02]
        assert bool(off) == bool({"header_not_its_items", "header_of_nothing"} & set(path.parts)), path


def test_the_price_of_a_kilogram_stays_where_only_the_amount_is_large(sound):
    prices = {}
    for path in sorted(sound.inbox.glob("peb/bea-cukai/*.jsonl")):
        for document in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if document["kodeValuta"] == "USD":
                for item in document["barang"]:
                    prices.setdefault(item["posTarif"], []).append(item["fob"] / item["netto"])
    for kind, like in (("month_moved", True), ("one_city_swells", True), ("value_thousandfold", False)):
        item, = documents(sound, kind)[0]["barang"]
        dear = item["fob"] / item["netto"] > 3 * max(prices[item["posTarif"]])
        assert dear != like, kind


def test_the_city_that_is_left_out_has_nothing_left_in_its_month(sound):
    what = next(line["what"] for line in key_of(sound) if line["kind"] == "city_left_out")
    digits = what.split(" of ")[1].split(" ")[0].replace(".", "")
    gone = {d["nomorAju"] for d in cancelled(sound)}
    assert all(d["tanggalDaftar"] < "2024-09" for d in documents(sound, "city_left_out") if d["nomorAju"] not in gone)
    versions: dict[str, dict] = {}
    for path in sorted(sound.inbox.glob("peb/bea-cukai/*.json*")):
        for document in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            before = versions.get(document["nomorAju"], document)
            if (document["nomorNota"] or 0) >= (before["nomorNota"] or 0):
                versions[document["nomorAju"]] = document
    there = {number for number, d in versions.items() if (d["tanggalDaftar"] or "").startswith("2024-09")
             and not d["tanggalBatal"] and any(item["kodeDaerahAsal"] == digits for item in d["barang"])}
    assert there
    assert there == gone


def test_rows_and_columns_are_as_unlike_as_the_key_says(sound):
    usual = sorted(len(rows_of(p)) for p in sound.inbox.glob("ska/*/*T[124].csv"))
    assert 0 < len(rows_of(path_of(sound, "few_rows"))) < usual[0] / 5
    empty = rows_of(path_of(sound, "column_empty_now"))
    assert {row["Netto"] for row in empty} == {""}
    assert len(empty) > usual[-1] / 5
    doubled = [tuple(row.values()) for row in rows_of(path_of(sound, "block_doubled"))]
    assert len(doubled) - len(set(doubled)) == 5
    assert len(documents(sound, "many_rows")[0]["barang"]) >= 50
