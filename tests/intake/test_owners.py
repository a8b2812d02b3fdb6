"""Owners of an item: each becomes the party key it has everywhere else, with what it declares; its person stays out."""

import json

import pytest
from intake_files import MARK, csv_of, document, item

NPWP, NIB = "098765432109876", "1234567890123"
OWNER = {"npwp": NPWP, "nib": None, "name": "UD Dua"}


def cell(said: object) -> str:
    """A cell of a CSV with quotes of its own."""
    text = said if isinstance(said, str) else json.dumps(said)
    return '"' + text.replace('"', '""') + '"'


def send(lake, cells: list[object], **more) -> list[str | None]:
    """One item a cell of owners; gives the producers of those accepted."""
    lake.drop("peb/bea-cukai/owners.csv", csv_of([
        item(number, owners=cell(said) if said else "", **more) for number, said in enumerate(cells, 1)]))
    lake.take_in()
    return [producers for (producers,) in lake.accepted("peb", "producers")]


def party_key(lake, **more) -> str:
    """The key of a business of a roster."""
    row = {"as_of": "2024-01-01", "roster_number": "1", "business_name": "CV Contoh Dua", "region_code": "32.76",
           "is_synthetic": MARK, **more}
    lake.drop("agency_roster/dinas-contoh/a.csv", csv_of([row], feed="agency_roster"))
    lake.take_in()
    ((key,),) = lake.accepted("agency_roster", "party_key")
    return key


@pytest.mark.parametrize("said", [
    [OWNER], [{"npwp": "09.876.543.2-109.876", "name": "Nama Lain"}], {"npwp": NPWP}, [{"npwp": int("9" + NPWP[1:])}]])
def test_an_owner_with_a_tax_number_has_the_key_it_has_in_a_roster(lake, said):
    number = "9" + NPWP[1:] if isinstance(said, list) and isinstance(said[0].get("npwp"), int) else NPWP
    assert send(lake, [said]) == [f"{party_key(lake, npwp=number)}:"]


def test_the_surest_identifier_makes_the_key(lake):
    by_nib, both = send(lake, [[{"nib": NIB, "name": "A Satu"}], [{"npwp": NPWP, "nib": NIB}]])
    assert by_nib == f"{party_key(lake, nib=NIB)}:"
    assert both != by_nib


def test_a_name_alone_is_told_apart_by_the_origin_of_the_goods_as_a_certificates_maker_is(lake):
    lake.drop("ska/ipska/a.csv", csv_of([{
        "certificate_number": "001/BDG/2024", "form": "D", "issuer_code": "BDG", "issued_on": "2024-01-05",
        "status": "issued", "exporter_name": "PT Satu", "maker_name": "UD. Dua", "maker_region_code": "32.76",
        "destination_country_code": "JP", "item_number": "1", "hs_code": "940360", "value_basis": "fob",
        "item_value": "1.00", "currency": "USD", "is_synthetic": MARK}], feed="ska"))
    here = [{"name": "ud dua"}]
    lake.drop("peb/bea-cukai/owners.csv", csv_of([
        item(1, owners=cell(here)), item(2, owners=cell(here), origin_region_code="32.04")]))
    lake.take_in()
    ((maker,),) = lake.accepted("ska", "maker_party_key")
    depok, bandung = (producers for (producers,) in lake.accepted("peb", "producers"))
    assert depok == f"{maker}:"
    assert bandung != depok


def test_each_owner_stands_in_its_place_with_what_it_declares(lake):
    (said,) = send(lake, [[{**OWNER, "value": "60.25"}, {"nib": NIB, "value": 40}, {"name": None}, OWNER]])
    first, second, third, fourth = (owner.rpartition(":") for owner in said.split(";"))
    assert [first[2], second[2], third, fourth[2]] == ["60.25", "40.00", ("unknown", ":", ""), ""]
    assert first[0] == fourth[0] != second[0]
    assert NPWP not in said


def test_owners_of_a_json_document_declare_their_part(lake):
    two = document()
    two["entitas"].append({"seriEntitas": 3, "kodeEntitas": "7", "nibEntitas": NIB, "namaEntitas": "CV \"Tiga\""})
    two["barang"][0]["barangPemilik"] = [{"seriEntitas": 2, "nilaiFob": 60.25}, {"seriEntitas": 3}, {"seriEntitas": 9}]
    two["barang"][1]["barangPemilik"] = []
    lake.drop("peb/bea-cukai/a.json", json.dumps(two))
    lake.take_in()
    (said,), (none,) = lake.accepted("peb", "producers")
    dua, tiga = party_key(lake, npwp=NPWP), said.split(";")[1]
    assert said == f"{dua}:60.25;{tiga};unknown:"
    assert none is None


def test_nothing_said_is_no_owner(lake):
    assert send(lake, ["", "-", "[]", "null", "nihil"]) == [None] * 5


@pytest.mark.parametrize(("said", "reason"), [
    ("UD Dua", "bad_owners"), ('[{"npwp": "0987', "bad_owners"), ('["UD Dua"]', "bad_owners"), ("12", "bad_owners"),
    ([{"nama": "UD Dua"}], "bad_owners"), ([{"name": {"first": "Dua"}}], "bad_owners"),
    ([{"npwp": "123"}], "bad_npwp"), ([{"npwp": "0" * 15}], "bad_npwp"), ([{"nib": "1"}], "bad_nib"),
    ([OWNER, {**OWNER, "value": "-1"}], "out_of_range"), ([{**OWNER, "value": "banyak"}], "bad_number"),
    ([{**OWNER, "value": "1.005"}], "too_many_decimals"), ([{**OWNER, "value": "sekitar 10"}], "inexact_number")])
def test_owners_that_cannot_be_read_go_back_with_the_reason(lake, said, reason):
    assert send(lake, [said, [OWNER]])[0].endswith(":")
    assert lake.quarantine() == [("owners.csv", 1, "owners", reason)]
