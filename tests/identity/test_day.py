"""A pair is scored once, by its two records alone, and ids stay what they were."""

from lumbung.identity import questions

NIB = "9900000000001"


def test_a_day_scores_only_what_is_new(lists):
    lists.roster(*[{"Nama IKM": f"CV Buatan{n} Rotan", "Produk": "rotan"} for n in range(40)])
    assert lists.run()["records_scored"] == 40
    lists.exhibition({"Nama IKM": "Buatan7 Rotan", "Produk": "rotan"})
    assert lists.run()["records_scored"] == 1
    assert lists.run()["records_scored"] == 0


def test_a_score_does_not_change_by_what_else_there_is(lists):
    lists.roster({"Nama IKM": "CV Galuhwira Wimbasari", "Produk": "rotan"})
    lists.exhibition({"Nama IKM": "Galuhwirra Wimbasarri", "Produk": "rotan"})
    lists.run()
    (before,) = questions.open_pairs(lists.home)
    lists.roster(*[{"Nama IKM": f"CV Galuhwira Wimbasari {n}", "Nama Pemilik": f"Pemilik{n} Contoh"}
                   for n in range(30)], agency="dinas-b")
    lists.run()
    after = {pair["pair_id"]: pair["probability"] for pair in questions.open_pairs(lists.home)}
    assert after[before["pair_id"]] == before["probability"]


def test_ids_follow_from_the_data_alone(lists, new_lists):
    """From an empty registry, whatever came first."""
    rows = [{"Nama IKM": f"CV Buatan{n} Rotan", "NIB": f"99000000{n:05}"} for n in range(20)]
    other = new_lists("other")
    for one, order in ((lists, (0, 1)), (other, (1, 0))):
        for half in order:
            one.roster(*rows[10 * half:10 * half + 10], agency=f"dinas-{half}")
        one.exhibition(*[{"Nama IKM": f"Buatan{n} Rotan"} for n in range(20)])
        one.run()
    assert lists.parties == other.parties


def test_ids_stay_when_more_is_known(lists):
    lists.exhibition({"Nama IKM": "Wimbasari Rotan", "Produk": "rotan"})
    lists.run()
    (first,) = lists.ids()["Wimbasari Rotan"]
    lists.roster(*[{"Nama IKM": "CV Wimbasari Rotan", "NIB": NIB, "Produk": "rotan", "Nama Pemilik": f"Sari{n} Contoh"}
                   for n in range(6)])
    lists.run()
    assert lists.ids()["CV Wimbasari Rotan"] == {first}


def test_a_merged_id_is_never_given_again(lists):
    lists.exhibition({"Nama IKM": "Wimbasari Rotan"}, {"Nama IKM": "Galuhwira Keramik"})
    lists.run()
    before = lists.ids()
    lists.decide("accept", "Wimbasari Rotan", "Galuhwira Keramik")
    lists.run()
    merged = lists.ids()
    assert merged["Wimbasari Rotan"] == merged["Galuhwira Keramik"]
    assert merged["Wimbasari Rotan"] < before["Wimbasari Rotan"] | before["Galuhwira Keramik"]
    lists.decide("reject", "Wimbasari Rotan", "Galuhwira Keramik")
    lists.run()
    split = lists.ids()
    assert split["Wimbasari Rotan"] != split["Galuhwira Keramik"]
    (gone,) = (before["Wimbasari Rotan"] | before["Galuhwira Keramik"]) - merged["Wimbasari Rotan"]
    assert gone not in split["Wimbasari Rotan"] | split["Galuhwira Keramik"]


def test_a_withdrawn_list_takes_its_parties_along_and_gives_them_back(lists):
    lists.roster({"Nama IKM": "CV Wimbasari Rotan", "NIB": NIB})
    lists.exhibition({"Nama IKM": "Galuhwira Keramik"})
    lists.run()
    before = lists.parties
    lists.withdraw("exhibition_participation")
    lists.run()
    assert set(lists.ids()) == {"CV Wimbasari Rotan"}
    lists.restore("exhibition_participation")
    lists.run()
    assert lists.parties == before


def test_a_died_run_resolved_again(lists):
    """What is kept of earlier runs may be lost at any time."""
    lists.roster(*[{"Nama IKM": f"CV Buatan{n} Rotan", "Produk": "rotan"} for n in range(10)])
    lists.exhibition(*[{"Nama IKM": f"Buatan{n} Rotan", "Produk": "rotan"} for n in range(10)])
    lists.run()
    before = lists.parties
    lists.forget_work()
    lists.run()
    assert lists.parties == before


def test_a_record_that_comes_back_is_compared_with_what_came_meanwhile(lists):
    lists.roster({"Nama IKM": "UD Galuhwira Batik", "Nama Pemilik": "Sari Wimbatri", "Telp": "0800-0000-1234"})
    lists.run()
    lists.withdraw("agency_roster")
    lists.exhibition({"Nama IKM": "Galuhwira Batik"})
    lists.run()
    lists.restore("agency_roster")
    lists.run()
    assert lists.are_one("UD Galuhwira Batik", "Galuhwira Batik")


def test_a_merged_id_stays_away_when_its_party_comes_back_alone(lists):
    lists.roster({"Nama IKM": "CV Wimbasari Rotan", "NIB": NIB})
    lists.exhibition({"Nama IKM": "Galuhwira Keramik"})
    lists.run()
    ids = {name: next(iter(found)) for name, found in lists.ids().items()}
    lists.decide("accept", "CV Wimbasari Rotan", "Galuhwira Keramik")
    lists.run()
    (kept,) = lists.ids()["Galuhwira Keramik"]
    (gone,) = set(ids.values()) - {kept}
    lost = next(name for name, ikm_id in ids.items() if ikm_id == gone)
    feed = "agency_roster" if lost.startswith("CV") else "exhibition_participation"
    lists.withdraw(feed)
    lists.run()
    lists.decide("reject", "CV Wimbasari Rotan", "Galuhwira Keramik")
    lists.restore(feed)
    lists.run()
    assert gone not in lists.ids()[lost]


def test_accepted_pairs_do_not_join_what_was_refused(lists):
    lists.exhibition({"Nama IKM": "Wimbasari Rotan"}, {"Nama IKM": "Galuhwira Keramik"}, {"Nama IKM": "Tanuwira Kopi"})
    lists.run()
    lists.decide("accept", "Wimbasari Rotan", "Galuhwira Keramik")
    lists.decide("accept", "Galuhwira Keramik", "Tanuwira Kopi")
    lists.decide("reject", "Wimbasari Rotan", "Tanuwira Kopi")
    lists.run()
    assert lists.are_one("Galuhwira Keramik", "Tanuwira Kopi")
    assert not lists.are_one("Wimbasari Rotan", "Tanuwira Kopi")
    assert [pair["why"] for pair in questions.open_pairs(lists.home)] == ["decisions_differ"]
