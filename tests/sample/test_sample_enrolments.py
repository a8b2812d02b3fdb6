"""The programmes of the two offices: enough trained and waiting to compare, and what became of them."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from test_sample_identity import Key

DEPOK_2022 = "PELATIHAN-BUATAN-DEPOK-2022"


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def key(samples) -> Key:
    return Key(samples)


@pytest.fixture(scope="module")
def lists(samples) -> list[dict]:
    """The newest line of every enrolment."""
    newest = {}
    for path in sorted(samples.glob("inbox/programme_enrolment/*/*.csv")):
        for row in rows_of(path):
            place = row["Kode Program"], row["No Peserta"]
            if place not in newest or newest[place]["Tanggal Catat"] < row["Tanggal Catat"]:
                newest[place] = row
    return list(newest.values())


def test_depok_trained_twenty_in_2022_and_let_thirty_wait(lists):
    there = Counter(row["Status Peserta"] for row in lists if row["Kode Program"] == DEPOK_2022)
    assert there["trained"] >= 20
    assert there["waiting"] >= 30
    assert there["withdrawn"] >= 1
    assert len({row["Kode Program"] for row in lists}) == 6


def test_days_and_status_agree(lists):
    for row in lists:
        listed, enrolled, trained = (row[name] for name in (
            "Tanggal Masuk Daftar", "Tanggal Ikut", "Tanggal Selesai Latih"))
        assert bool(enrolled) == (row["Status Peserta"] != "waiting")
        assert bool(trained) == (row["Status Peserta"] == "trained")
        assert listed < (enrolled or "9999") < (trained or "9999-")
        assert max(listed, enrolled, trained) <= row["Tanggal Catat"]


def test_participants_keep_their_numbers_oftener_than_those_who_wait(lists):
    kept = Counter((row["Status Peserta"] == "waiting", bool(row["NPWP"] or row["NIB"])) for row in lists)
    assert kept[False, True] / (kept[False, True] + kept[False, False]) > 1.3 * (
        kept[True, True] / (kept[True, True] + kept[True, False]))


def test_some_wait_first_and_some_are_helped_by_both_offices(key):
    stands = {}
    for said in key.named:
        if said.line["feed"] == "programme_enrolment":
            stands.setdefault(said.business, []).append(
                (said.row["Kode Program"][-4:], said.row["Status Peserta"], said.line["agency"]))
    assert any(("2022", "waiting") in {s[:2] for s in places} and ("2023", "trained") in {s[:2] for s in places}
               for places in stands.values())
    assert sum(len({s[2] for s in places}) == 2 for places in stands.values()) >= 3


def test_more_of_the_trained_than_of_the_waiting_begin_to_export(key, lists):
    seen = _first_exports(key)
    began = {"trained": Counter(), "waiting": Counter()}
    business = {said.row["No Peserta"]: said for said in key.named if said.row.get("Kode Program") == DEPOK_2022
                and said.line["feed"] == "programme_enrolment"}
    for row in lists:
        if row["Kode Program"] != DEPOK_2022 or row["Status Peserta"] not in began:
            continue
        said = business[row["No Peserta"]]
        since = date.fromisoformat(row["Tanggal Selesai Latih"] or row["Tanggal Masuk Daftar"])
        first = seen.get(said.business)
        began[row["Status Peserta"]][
            "never" if not first else "before" if first < since else "within" if first < since + timedelta(365)
            else "later"] += 1
    assert began["trained"]["within"] >= 4 < began["trained"]["never"]
    assert min(began["trained"]["before"], began["waiting"]["before"], began["waiting"]["within"]) > 0
    at_risk = {status: sum(told.values()) - told["before"] for status, told in began.items()}
    assert began["trained"]["within"] / at_risk["trained"] > began["waiting"]["within"] / at_risk["waiting"]


def _first_exports(key: Key) -> dict[str, date]:
    """Of each business the day it is first seen in a declaration or certificate, by the rows of the key alone."""
    seen: dict[str, date] = {}
    for said in key.named:
        row = said.row.get("document", said.row)
        day = row.get("tanggalDaftar") or row.get("Tanggal Daftar") or row.get("Tanggal Terbit")
        if said.line["feed"] in ("peb", "ska") and day:
            found = date.fromisoformat(str(day)[:10])
            seen[said.business] = min(seen.get(said.business, found), found)
    return seen


def test_targets_and_visits_name_the_programmes_of_the_lists(samples, lists):
    programmes = {row["Kode Program"] for row in lists}
    targets = {row["Kode Program"] for path in samples.glob("inbox/programme_target/*/data-buatan-*.csv")
               for row in rows_of(path)}
    visits = {row["Kode Program"] for path in samples.glob("inbox/readiness_assessment/*/*.csv")
              for row in rows_of(path)}
    assert targets == programmes
    assert visits <= programmes
