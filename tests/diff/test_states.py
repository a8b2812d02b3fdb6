"""One thing changes between two releases, or several: each has its cents, which add up, and the ranks their path."""

from decimal import Decimal

import pytest
from releases_by_hand import (
    BANDUNG,
    DEPOK,
    RULE,
    ByHand,
    causes,
    certificate,
    compare,
    rank_path,
    reverse_causes,
)

from lumbung.diff import CityChange
from lumbung.diff.lists import CityRow
from lumbung.errors import LumbungError

FIRST = (certificate("1", "2023-01-10", "1000.00"), certificate("2", "2024-01-10", "3000.00"))
PLAIN = ByHand(FIRST, {DEPOK: ("1000.00", "3000.00", 1), BANDUNG: ("0.00", "0.00", None)}, businesses={"p": "p"})
YEN = {("ecb", "JPY", "2024-01-10"): (1, 100)}


def test_nothing_changed(tmp_path):
    found = compare(tmp_path, PLAIN, PLAIN)
    assert [city.moved for city in found.cities] == [False, False]


def test_a_rank_that_cannot_be_said_is_no_other_rank():
    one = CityRow(DEPOK, "Kota Depok", 2, Decimal(1000), Decimal(3000), Decimal(200), None)
    said = [("A", 2), ("code", "?"), ("documents", "?"), ("B", 2)]
    assert not CityChange(one, one, said, [], []).moved
    assert CityChange(one, one, [*said[:-1], ("B", 3)], [], []).moved


def test_rates_and_documents_meet_in_the_interaction(tmp_path):
    """A knows 1,000 yen at 1/100 = 10 dollars. B has a rate of 1/80 and 500.60 yen more: 12.50 + 6.26 dollars."""
    yen = certificate("3", "2024-01-10", "1000.00", currency="JPY")
    late = certificate("4", "2024-01-10", "500.60", currency="JPY", load_id="two")
    before = PLAIN.but(certificates=(*FIRST, yen), rates=YEN, figures={DEPOK: ("1000.00", "3010.00", 1)})
    after = before.but(certificates=(*FIRST, yen, late), rates={("ecb", "JPY", "2024-01-10"): (1, 80)},
                       figures={DEPOK: ("1000.00", "3018.76", 1)}, loads=("one", "two"))
    found = compare(tmp_path, before, after)
    assert causes(found) == {"late": ("0", "5.01"), "rates": ("0", "3.75")}
    assert reverse_causes(found) == {"late": ("0", "6.26"), "rates": ("0", "2.5")}
    [interaction] = {cause.interaction for cause in found.cities[0].causes if cause.step == "rates"}
    assert interaction == (0, 125)


def test_a_document_without_a_rate_in_a_has_none_there(tmp_path):
    yen = certificate("3", "2024-01-10", "1000.00", currency="JPY")
    before = PLAIN.but(certificates=(*FIRST, yen))
    after = before.but(rates=YEN, figures={DEPOK: ("1000.00", "3010.00", 1)})
    assert causes(compare(tmp_path, before, after)) == {"rates": ("0", "10")}


def test_an_exporter_whose_register_moved_moves_its_certificates(tmp_path):
    rows = tuple(row | {"stated_region_code": None} for row in FIRST)
    before = PLAIN.but(certificates=rows, register={"p": DEPOK})
    after = before.but(register={"p": BANDUNG},
                       figures={DEPOK: ("0.00", "0.00", None), BANDUNG: ("1000.00", "3000.00", 1)})
    found = compare(tmp_path, before, after)
    assert causes(found) == {"regions": ("-1000", "-3000")}
    assert causes(found, BANDUNG) == {"regions": ("1000", "3000")}
    assert rank_path(found) == {"A": 1, "code": 1, "documents": 1, "identity": 1, "allocation": 1, "rates": 1,
                                "regions": None, "window": None, "rule": None}


def test_a_code_that_is_another_place_today_is_a_change_of_regions(tmp_path):
    rows = tuple(row | {"stated_region_code": "32.99"} for row in FIRST)
    before = PLAIN.but(certificates=rows, figures={DEPOK: ("0.00", "0.00", None)})
    after = PLAIN.but(certificates=rows, codes=PLAIN.codes | {"32.99": DEPOK},
                      figures={DEPOK: ("1000.00", "3000.00", 1)})
    assert causes(compare(tmp_path, before, after)) == {"regions": ("1000", "3000")}


def test_months_that_a_longer_window_adds(tmp_path):
    rows = (*FIRST, certificate("5", "2023-02-10", "7.00"), certificate("6", "2024-02-10", "11.50"))
    before = PLAIN.but(certificates=rows)
    after = before.but(months="2024-01,2024-02", figures={DEPOK: ("1007.00", "3011.50", 1)})
    assert causes(compare(tmp_path, before, after)) == {"window": ("7", "11.5")}


def test_documents_of_a_month_that_is_new_count_with_its_window(tmp_path):
    """Switched first, the documents find no window to stand in; in the reverse order the window finds no documents."""
    new = (certificate("5", "2023-03-10", "7.00", load_id="two"),
           certificate("6", "2024-03-10", "11.50", load_id="two"))
    after = PLAIN.but(certificates=(*FIRST, *new), months="2024-01,2024-03", loads=("one", "two"),
                      figures={DEPOK: ("1007.00", "3011.50", 1)})
    found = compare(tmp_path, PLAIN, after)
    assert causes(found) == {"window": ("7", "11.5"), "new month": ("0", "0")}
    assert reverse_causes(found) == {"window": ("0", "0"), "new month": ("7", "11.5")}


def test_a_new_version_of_the_rule_takes_other_rates(tmp_path):
    rows = (*FIRST, certificate("3", "2024-01-10", "1000.00", currency="JPY"))
    before = PLAIN.but(certificates=rows, rates=YEN | {("kurs_pajak", "JPY", "2024-01-10"): (1, 50)},
                       figures={DEPOK: ("1000.00", "3010.00", 1)})
    after = before.but(rule=RULE | {"rule_version": 2, "rate_source": "kurs_pajak"},
                       figures={DEPOK: ("1000.00", "3020.00", 1)})
    assert causes(compare(tmp_path, before, after)) == {"rule": ("0", "10")}


def test_two_exporters_that_are_one_business_cost_a_city_its_rank_and_no_cent(tmp_path):
    rule = RULE | {"minimum_exporters": 2}
    rows = (*FIRST, certificate("3", "2024-01-11", "1.00", exporter_party_key="q"))
    before = PLAIN.but(certificates=rows, rule=rule, businesses={"p": "p", "q": "q"},
                       figures={DEPOK: ("1000.00", "3001.00", 1)})
    after = before.but(businesses={"p": "p", "q": "p"}, figures={DEPOK: ("1000.00", "3001.00", None)})
    found = compare(tmp_path, before, after)
    assert causes(found) == {}
    assert found.cities[0].moved
    assert [rank_path(found)[step] for step in ("documents", "identity", "rule")] == [1, None, None]


def test_the_rank_goes_a_path(tmp_path):
    """Bandung grew most until a certificate of Depok came late; then the register moved Bandung's exporter away."""
    other = {"exporter_party_key": "q", "stated_region_code": None}
    bandung = (certificate("7", "2023-01-10", "100.00", **other), certificate("8", "2024-01-10", "900.00", **other))
    before = PLAIN.but(certificates=(*FIRST, *bandung), register={"q": BANDUNG}, businesses={"p": "p", "q": "q"},
                       figures={DEPOK: ("1000.00", "3000.00", 2), BANDUNG: ("100.00", "900.00", 1)})
    after = before.but(
        certificates=(*FIRST, *bandung, certificate("9", "2024-01-20", "9000.00", load_id="two")), register={},
        loads=("one", "two"), figures={DEPOK: ("1000.00", "12000.00", 1), BANDUNG: ("0.00", "0.00", None)})
    found = compare(tmp_path, before, after)
    assert [rank_path(found)[step] for step in ("A", "documents", "regions", "rule")] == [2, 1, 1, 1]
    assert [rank_path(found, BANDUNG)[step] for step in ("A", "documents", "regions", "rule")] == [1, 2, None, None]


def test_code_is_what_the_same_documents_are_under_it(tmp_path):
    """B's code reads certificate 1 otherwise; A's documents under it say so, and the late one is told apart."""
    after = PLAIN.but(certificates=(certificate("1", "2023-01-10", "1000.25"), FIRST[1],
                                    certificate("3", "2023-01-11", "50.00", load_id="two")),
                      figures={DEPOK: ("1050.25", "3000.00", 1)}, code="code two", loads=("one", "two"))
    restated = after.but(certificates=after.certificates[:2], loads=("one",))
    assert causes(compare(tmp_path / "x", PLAIN, after, restated)) == {"code": ("0.25", "0"), "late": ("50", "0")}
    with pytest.raises(LumbungError, match="different code"):
        compare(tmp_path / "y", PLAIN, after)
    without = compare(tmp_path / "z", PLAIN, after, without_code=True)
    assert causes(without) == {"read by other code": ("0.25", "0"), "late": ("50", "0")}
    assert not without.code_measured


def test_a_commit_that_changes_no_code_is_the_same_code(tmp_path):
    before, after = (PLAIN.but(code=f"0.1.0+{commit}.12345678") for commit in ("aaaa", "bbbb"))
    assert compare(tmp_path, before, after).code_measured


@pytest.mark.parametrize("wrong", ["before", "after"])
def test_a_figure_that_does_not_come_out_is_an_error_that_names_the_city(tmp_path, wrong):
    spoiled = PLAIN.but(figures=PLAIN.figures | {DEPOK: ("1000.00", "3000.01", 1)})
    with pytest.raises(LumbungError, match=r"do not come out of its facts, for 32\.76"):
        compare(tmp_path, *((spoiled, PLAIN) if wrong == "before" else (PLAIN, spoiled)))


def test_a_document_that_changed_for_no_cause_is_an_error(tmp_path):
    after = PLAIN.but(certificates=(FIRST[0], FIRST[1] | {"stated_value": "3000.01"}),
                      figures={DEPOK: ("1000.00", "3000.01", 1)})
    with pytest.raises(LumbungError, match="document 2 differ"):
        compare(tmp_path, PLAIN, after)


def test_a_document_whose_person_was_erased(tmp_path):
    after = PLAIN.but(certificates=FIRST[:1], figures={DEPOK: ("1000.00", "0.00", 1)}, rows_of_load=8)
    found = compare(tmp_path, PLAIN, after)
    assert causes(found) == {"erased": ("0", "-3000")}
