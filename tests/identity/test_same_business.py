"""What is one business and what is two."""

import pytest

NIB = "9900000000001"
FIRM = "995000012312000"
OWNER, PHONE = "Rahayu Wimbasari", "0800-0000-1234"


@pytest.mark.parametrize("other", [
    pytest.param({"Nama IKM": "Kerajinan Lain", "NIB": NIB}, id="the same NIB"),
    pytest.param({"Nama IKM": "Kerajinan Lain", "NPWP": FIRM}, id="the same NPWP"),
    pytest.param({"Nama IKM": "Kerajinan Lain", "NPWP": f"0{FIRM}"}, id="NPWP of 16 digits"),
    pytest.param({"Nama IKM": "Kerajinan Lain", "NPWP": "99.500.001.2-312.001"}, id="a branch"),
])
def test_numbers_that_agree(lists, other):
    lists.roster({"Nama IKM": "CV Wimbasari Rotan", "NIB": NIB, "NPWP": FIRM})
    lists.exhibition({"Nama IKM": other["Nama IKM"], **other})
    lists.run()
    assert lists.are_one("CV Wimbasari Rotan", "Kerajinan Lain")
    assert {party["resolved_by"] for party in lists.parties.values()} <= {"identifier", "alone"}
    assert all(party["is_identified"] for party in lists.parties.values())


@pytest.mark.parametrize(("in_roster", "in_list"), [
    ("Batik Ibu Wimbasari", "BATIK BU WIMBASARI"), ("CV Wimbasari Djaja", "Wimbasari Jaya, CV"),
    ("UD Rotan Wimbasari", "Wimbasari Rotan"), ("PT Wimbasari Utama", "PT. Wimbasri Utama")])
def test_names_written_otherwise(lists, in_roster, in_list):
    lists.roster({"Nama IKM": in_roster, "Nama Pemilik": OWNER, "Telp": PHONE, "NIB": NIB, "Produk": "meja rotan"})
    lists.exhibition({"Nama IKM": in_list, "Produk": "rotan anyam"})
    lists.run()
    assert lists.are_one(in_roster, in_list)


def test_owner_in_place_of_the_firm(lists):
    lists.roster({"Nama IKM": "CV Tanuwira Keramik", "Nama Pemilik": OWNER, "NIB": NIB, "Produk": "keramik"})
    lists.exhibition({"Nama IKM": f"Ibu {OWNER}", "Produk": "keramik hias"})
    lists.run()
    assert lists.are_one("CV Tanuwira Keramik", f"Ibu {OWNER}")


def test_one_name_in_one_city_two_owners(lists):
    lists.roster(
        {"Nama IKM": "Batik Wimbasari", "Nama Pemilik": OWNER, "Telp": PHONE, "Produk": "kain batik"},
        {"Nama IKM": "Batik Wimbasari", "Nama Pemilik": "Tono Galuhwira", "Telp": "0800-0000-9999",
         "Produk": "kain batik"})
    lists.exhibition({"Nama IKM": "Batik Wimbasari", "Produk": "kain batik"})
    lists.run()
    businesses = lists.ids()["Batik Wimbasari"]
    assert len(businesses) >= 2
    # Which of them stood at the exhibition nobody can tell, so a person is asked.
    assert any(party["has_open_review"] for party in lists.parties.values())


def test_different_nib_is_never_joined_by_a_chain(lists):
    """A roster line without a number is like both firms; joined to one, it must not pull in the other."""
    lists.roster({"Nama IKM": "CV Wimbasari Rotan", "NIB": NIB, "Produk": "rotan"},
                 {"Nama IKM": "CV Wimbasari Rotan", "NIB": "9900000000002", "Produk": "rotan"})
    lists.exhibition({"Nama IKM": "Wimbasari Rotan", "Produk": "rotan"},
                     {"Nama IKM": "UD Wimbasari Rotan", "Produk": "rotan"})
    lists.run()
    numbered = [party for party in lists.parties.values() if party["is_identified"]]
    assert len({party["ikm_id"] for party in numbered}) == 2


def test_another_region_and_nothing_else_in_common(lists):
    lists.roster({"Nama IKM": "Batik Jaya", "Produk": "batik", "Kode Wilayah": "32.76"},
                 {"Nama IKM": "Batik Jaya", "Produk": "batik", "Kode Wilayah": "35.78"})
    lists.run()
    assert len(lists.ids()["Batik Jaya"]) == 2


def test_a_name_alone_is_not_identified(lists):
    lists.exhibition({"Nama IKM": "Wimbasari Rotan"})
    lists.run()
    (party,) = lists.parties.values()
    assert not party["is_identified"]
    assert party["resolved_by"] == "alone"


@pytest.mark.parametrize("number", [{}, {"NIB": NIB}])
def test_made_up_and_real_are_never_one(lists, monkeypatch, number):
    monkeypatch.setenv("LUMBUNG_KEY", "k" * 40)
    row = {"Nama IKM": "CV Wimbasari Rotan", "Nama Pemilik": OWNER, "Telp": PHONE, "Produk": "rotan"}
    lists.roster(row | number | {"NPWP": FIRM} if number else row)
    lists.roster(row | {"Nama Pemilik": "Rahayu Wimbasri"} | number, agency="dinas-b", mark="")
    lists.run()
    assert len({party["ikm_id"] for party in lists.parties.values()}) == 2


def test_a_nib_written_by_mistake_joins_no_two_taxpayers(lists):
    lists.roster({"Nama IKM": "CV Wimbasari Rotan", "NIB": NIB, "NPWP": FIRM},
                 {"Nama IKM": "PT Galuhwira Keramik", "NIB": "9900000000002", "NPWP": "995000099999000"})
    lists.exhibition({"Nama IKM": "PT Galuhwira Keramik", "NIB": NIB, "NPWP": "995000099999000"})
    lists.run()
    assert not lists.are_one("CV Wimbasari Rotan", "PT Galuhwira Keramik")
    assert any(party["has_open_review"] for party in lists.parties.values())


def test_of_two_firms_of_one_owner_a_line_without_firm_is_asked_about(lists):
    nik = "3276014101900001"
    lists.roster({"Nama IKM": "CV Wimbasari Rotan", "NPWP": FIRM, "NIK": nik},
                 {"Nama IKM": "CV Galuhwira Keramik", "NPWP": "995000099999000", "NIK": nik},
                 {"Nama IKM": "Tanuwira Kopi", "NIK": nik})
    lists.run()
    assert len({party["ikm_id"] for party in lists.parties.values()}) == 3
    assert all(party["has_open_review"] for party in lists.parties.values())
