"""Who is who: the key points to rows that say so, and names differ as real ones do."""

import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

NAMES = {"business": ("Nama IKM", "Nama Usaha"), "exporter": ("Nama Eksportir",), "maker": ("Nama Produsen",)}


@dataclass(frozen=True)
class Named:
    """What a row says of a business, and who the key says it is."""

    line: dict
    name: str
    npwp: str
    nib: str
    row: dict

    @property
    def business(self) -> str:
        return self.line["business_id"]


class Key:
    """The answer key of the committed samples beside the rows it points to."""

    def __init__(self, samples: Path):
        self.inbox = samples / "inbox"
        self.lines = rows_of(samples / "answer_key" / "identity.csv")

    @cached_property
    def named(self) -> list[Named]:
        files: dict[Path, list[dict]] = {}
        told = []
        for line in self.lines:
            path = self.inbox / line["feed"] / line["agency"] / line["file_name"]
            rows = files.setdefault(path, rows_of(path))
            told.append(_named(line, rows[int(line["row_number"]) - 1]))
        return told


def rows_of(path: Path) -> list[dict]:
    """Rows of a file in its order; of JSON the items, each with its document."""
    if path.suffix == ".xlsx":
        header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
    return [{**item, "document": document} for line in text.splitlines() for document in [json.loads(line)]
            for item in document["barang"]]


def owners_of(row: dict) -> list[dict]:
    """npwp, nib, name, value of the owners of an item."""
    if "document" not in row:
        return json.loads(row["Pemilik Barang"] or "[]")
    parties = {party["seriEntitas"]: party for party in row["document"]["entitas"]}
    return [{"npwp": parties[o["seriEntitas"]]["nomorIdentitas"], "nib": parties[o["seriEntitas"]]["nibEntitas"],
             "name": parties[o["seriEntitas"]]["namaEntitas"], "value": o["nilaiFob"]} for o in row["barangPemilik"]]


def _named(line: dict, row: dict) -> Named:
    if line["role"] == "owner":
        said = owners_of(row)[int(line["place"]) - 1]
    elif "document" in row:
        [party] = [p for p in row["document"]["entitas"] if p["kodeEntitas"] == "2"]
        said = {"name": party["namaEntitas"], "npwp": party["nomorIdentitas"], "nib": party["nibEntitas"]}
    else:
        name = next(row[title] for title in NAMES[line["role"]] if title in row)
        numbers = {} if line["role"] == "maker" else row
        said = {"name": name, "npwp": numbers.get("NPWP"), "nib": numbers.get("NIB")}
    return Named(line, said["name"], re.sub(r"\D", "", said["npwp"] or ""), said["nib"] or "", row)


def letters(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())


@pytest.fixture(scope="module")
def key(samples) -> Key:
    return Key(samples)


def test_a_number_stands_for_one_business(key):
    firms, numbers = defaultdict(set), defaultdict(set)
    for said in key.named:
        if said.npwp.removeprefix("0").startswith("99"):
            firms[said.npwp.removeprefix("0")[:9]].add(said.business)
        if said.nib:
            numbers[said.nib].add(said.business)
    assert len(firms) > 300 < len(numbers)
    assert [number for number, owners in {**firms, **numbers}.items() if len(owners) > 1] == []


def test_no_number_was_ever_given_by_an_office(key):
    for said in key.named:
        assert not said.npwp or re.fullmatch(r"0?99\d{13}|\d{4}99\d{10}", said.npwp)
        assert not said.nib or re.fullmatch(r"99\d{11}", said.nib)


def test_every_difficulty_is_there_and_shows(key):
    by_difficulty = defaultdict(list)
    for said in key.named:
        by_difficulty[said.line["difficulty"]].append(said)
    assert set(by_difficulty) == {"same", "number_lost", "abbreviation", "legal_form", "swapped_words", "typing_error",
                                  "same_name", "owner_for_firm", "moved", "renamed"}
    assert min(map(len, by_difficulty.values())) >= 20
    assert all(not said.npwp and not said.nib for said in by_difficulty["number_lost"])
    plain = defaultdict(set)
    for said in key.named:
        if said.line["difficulty"] in ("same", "number_lost", "moved"):
            plain[said.business].add(letters(said.name))
    for difficulty in ("abbreviation", "legal_form", "swapped_words", "typing_error", "owner_for_firm", "renamed"):
        differ = [said for said in by_difficulty[difficulty] if letters(said.name) not in plain[said.business]]
        assert differ == by_difficulty[difficulty]


def test_a_firm_has_branches_and_its_tax_number_two_lengths(key):
    numbers = defaultdict(set)
    for said in key.named:
        if said.npwp:
            numbers[said.business].add(said.npwp)
    endings = [{number[-3:] for number in known} for known in numbers.values()]
    assert {"000", "001"} in endings
    assert any({n.removeprefix("0") for n in known} < known for known in numbers.values())
    assert any(n.startswith("32") for known in numbers.values() for n in known)      # a person's is the NIK


def test_two_firms_of_one_name_in_one_city_are_two(key):
    rosters = defaultdict(dict)
    for said in key.named:
        if said.line["feed"] == "agency_roster" and said.line["difficulty"] == "same_name":
            rosters[letters(said.name), said.row["Kode Wilayah"]][said.business] = [
                said.row[title] for title in ("Telp", "Nama Pemilik", "Produk")]
    twins = [list(firms.values()) for firms in rosters.values() if len(firms) > 1]
    assert len(twins) > 10
    for one, other in twins:
        assert all(mine != theirs for mine, theirs in zip(one, other, strict=True))


def test_a_telephone_belongs_to_one_business_and_is_written_in_many_ways(key):
    phones, shapes = defaultdict(set), set()
    for said in key.named:
        if phone := said.row.get("Telp") or said.row.get("No HP"):
            phones[re.sub(r"\D", "", phone).removeprefix("62").removeprefix("0")].add(said.business)
            shapes.add(re.sub(r"\d+", "9", phone))
    assert len(phones) > 300
    assert all(len(businesses) == 1 and phone.startswith("800") for phone, businesses in phones.items())
    assert len(shapes) >= 4


def test_some_makers_are_fostered_by_both_offices_under_other_names(key):
    there = defaultdict(lambda: defaultdict(set))
    for said in key.named:
        if said.line["feed"] == "agency_roster":
            there[said.business][said.line["agency"]].add(letters(said.name))
    both = [names for names in there.values() if len(names) == 2]
    assert len(both) >= 5
    assert any(not names["disdagin-depok"] & names["disperindag-jabar"] for names in both)


def test_owners_are_mostly_one_and_once_thirteen(key):
    counts, declared = Counter(), 0
    for path in sorted(key.inbox.glob("peb/*/*")):
        for row in rows_of(path):
            owners = owners_of(row)
            counts[len(owners)] += bool(owners)
            values = [Decimal(str(owner["value"])) for owner in owners if owner["value"] is not None]
            if values:
                declared += 1
                assert len(values) == len(owners)
                assert sum(values) == Decimal(str(row["fob" if "document" in row else "FOB"]))
    assert counts[1] > 3 * counts[3] > 0
    assert (counts[13], max(counts)) == (1, 13)
    assert declared > 20


def test_lists_do_not_say_more_of_a_business_than_one_row(key):
    places = [(line["feed"], line["agency"], line["file_name"], line["row_number"], line["role"], line["place"])
              for line in key.lines]
    assert len(places) == len(set(places))
    assert {line["place"] != "" for line in key.lines if line["role"] == "owner"} == {True}
    assert {line["place"] for line in key.lines if line["role"] != "owner"} == {""}
