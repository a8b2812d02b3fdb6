"""What is committed under samples/: the made-up part remade byte for byte, every public fact in place."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from lumbung.sample import committed

FACTS = Path(__file__).with_name("public_facts.csv")   # the 56 facts, each with the figures that hold it


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def feed(samples: Path, place: str) -> list[dict]:
    return [row for path in sorted(samples.glob(f"inbox/{place}/*.csv")) if not path.name.startswith("data-buatan")
            for row in rows_of(path)]


def test_the_made_up_part_is_what_the_generator_makes(samples, tmp_path):
    remade = {p.relative_to(tmp_path): p.read_bytes() for p in committed.remake(tmp_path)}
    kept = {p.relative_to(samples): p.read_bytes()
            for pattern in ("inbox/*/*/data-buatan-*", "answer_key/*") for p in samples.glob(pattern)}
    assert sorted(remade) == sorted(kept)
    assert [str(name) for name in remade if remade[name] != kept[name]] == []


def test_remaking_leaves_facts_alone_and_old_made_up_files_out(tmp_path):
    for name in ("laporan.csv", "data-buatan-lama.csv"):
        path = tmp_path / "inbox/ska/ipska-jabar" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Nomor SKA\n")
    committed.remake(tmp_path)
    left = {p.name for p in (tmp_path / "inbox/ska/ipska-jabar").iterdir()}
    assert "laporan.csv" in left
    assert "data-buatan-lama.csv" not in left


def test_the_samples_are_small(samples):
    sizes = [p.stat().st_size for p in samples.rglob("*") if p.is_file()]
    assert max(sizes) < 1_000_000
    assert sum(sizes) < 8_000_000


@pytest.mark.parametrize("fact", rows_of(FACTS), ids=lambda f: f"{f['doc']} {f['subject']} {f['attribute']}")
def test_every_public_fact_is_kept_with_its_note(samples, fact):
    figures = {row["ID Angka"]: row for row in feed(samples, "reported_figure/*")}
    rows = [figures[name] for name in fact["figures"].split()]
    stated = " ".join(value for row in rows for value in (*row.values(),))
    numbers = {Decimal(row["Nilai"]) for row in rows if row["Nilai"]}
    value = fact["value"].strip()
    if value.lstrip("~").isdigit():
        assert numbers == {Decimal(value.lstrip("~"))}
    elif fact["subject"] == "Order example":
        assert numbers == {500, 300, 200}
    else:
        assert value in stated
    for row in rows:
        assert row["Catatan Data"] == fact["dq_note"]
        assert row["Kutipan"]
        assert row["Penanda Data"] == ""
        assert row["Kode Laporan"].endswith(fact["doc"])


def test_there_are_56_facts_in_five_reports():
    facts = rows_of(FACTS)
    assert len(facts) == 56
    assert {f["doc"] for f in facts} == {"000", "001", "002", "003", "004"}


def test_what_is_vague_says_so(samples):
    precision = {row["ID Angka"]: row["Ketelitian"] for row in feed(samples, "reported_figure/*")}
    assert {name for name, p in precision.items() if p == "hypothetical"} == {"003-06a", "003-06b", "003-06c"}
    assert {name for name, p in precision.items() if p == "about"} == {"000-03", "003-04"}
    assert {name for name, p in precision.items() if p == "expected"} == {"001-08", "003-12"}


def test_stated_rupiah_stand_apart_from_the_dollars(samples):
    value = {row["ID Angka"]: (row["Nilai"], row["Satuan"], row["Kode Wilayah"])
             for row in feed(samples, "reported_figure/disdagin-depok")}
    assert value["000-01"] == ("13", "IKM", "32.76")
    assert value["000-02"] == ("45000", "AUD", "32.76")
    assert value["000-03"] == ("450000000", "IDR", "32.76")


def test_the_target_of_a_hundred_has_five_areas_of_unstated_size(samples):
    rows = feed(samples, "programme_target/disperindag-jatim")
    assert [(r["No Area"], r["Wilayah"], r["Kode Wilayah"], r["Target"]) for r in rows] == [
        ("0", "Jawa Timur", "35", "100"), ("1", "Sidoarjo", "35.15", ""), ("2", "Surabaya", "35.78", ""),
        ("3", "Gresik", "35.25", ""), ("4", "Mojokerto", "", ""), ("5", "Lamongan", "35.24", "")]


def test_heads_add_up_and_no_business_is_invented(samples):
    ntb, cilegon = feed(samples, "exhibition_participation/disdag-ntb"), feed(
        samples, "exhibition_participation/disperindag-cilegon")
    assert [(r["Sumber Dana"], int(r["Jumlah Peserta"])) for r in ntb] == [
        ("APBN", 2), ("mitra", 2), ("mandiri", 2), ("", 1)]
    assert [int(r["Jumlah Peserta"]) for r in cilegon] == [12]
    assert {(r["Jenis Peserta"], r["Nama IKM"], r["NPWP"], r["Penanda Data"]) for r in ntb + cilegon} == {
        ("group", "", "", "")}


def test_three_leads_and_no_visiting_official(samples):
    assert [(r["Kode Negara"], r["Tahap"], r["Nilai"], r["Nama IKM"])
            for r in feed(samples, "buyer_lead/disperindag-cilegon")] == [
        ("KR", "sale", "", ""), ("FR", "catalogue_requested", "", ""), ("IN", "interest", "", "")]


def test_customs_rates_keep_their_unit(samples):
    rates = {(r["Berlaku Dari"], r["Valuta"]): (r["Satuan"], Decimal(r["Kurs"]))
             for r in feed(samples, "exchange_rate/kemenkeu")}
    assert len(rates) == 23
    assert rates["2021-09-08", "AUD"] == ("1", Decimal("10528.54"))
    assert rates["2021-09-08", "JPY"] == ("100", Decimal("13004.40"))
    assert rates["2019-10-02", "JPY"] == ("1", Decimal("13.14"))
