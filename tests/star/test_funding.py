"""bridge_participation_funding: who paid for whom, as far as it is said."""

from decimal import Decimal

import pytest

PAID = Decimal(900)
# The cells of SATU-SEL, seven heads each: (source, heads, rupiah, how the heads are known).
ONE_CELL = {
    1: [("apbn", 2, None, "stated"), ("mandiri", 2, None, "stated"), ("mitra", 2, None, "stated"),
        ("unknown", 1, PAID, "rest")],
    2: [("apbn", 0, None, "not_stated"), ("mandiri", 0, None, "not_stated"), ("unknown", 7, PAID, "rest")],
    3: [("apbn", 5, PAID, "stated"), ("unknown", 2, None, "rest")],
    4: [("apbn", 0, None, "contradictory"), ("mitra", 0, None, "contradictory"), ("unknown", 7, None, "rest")],
    5: [("pt astra", 7, PAID, "whole")],
    6: [("unknown", 7, PAID, "rest")],
}


# The same seven as four lines of a list and as one.
SEVEN = ["event_code = 'JAKARTA-EXPO-2021'", "event_code = 'SATU-SEL' and fact.participation_number = 1"]


def paid(star, where: str, *columns: str) -> list[tuple]:
    return star.warehouse.rows(f"""
        select bridge.funding_source_code, {', '.join(columns)}
        from marts.bridge_participation_funding as bridge
        join marts.fct_exhibition_participation as fact using (participation_key)
        where {where} group by all order by all""")


@pytest.mark.parametrize("lines", SEVEN)
def test_the_seven_of_ntb_are_two_by_the_state_two_by_a_partner_two_by_themselves_and_one_unknown(star, lines):
    assert paid(star, lines, "sum(bridge.participants)") == [
        ("apbn", 2), ("mandiri", 2), ("mitra", 2), ("unknown", 1)]


@pytest.mark.parametrize("number", ONE_CELL)
def test_a_cell_is_taken_at_its_word_and_the_rest_is_unknown(star, number):
    assert paid(star, f"event_code = 'SATU-SEL' and fact.participation_number = {number}",
                "bridge.participants", "bridge.funding_idr", "heads_basis") == ONE_CELL[number]


def test_heads_and_rupiah_add_up_to_each_participation(star):
    assert star.warehouse.rows("""
        select participation_key from marts.fct_exhibition_participation as fact
        left join (select participation_key, sum(participants) as heads, sum(funding_idr) as paid
            from marts.bridge_participation_funding group by all) using (participation_key)
        where heads is distinct from participants or paid is distinct from fact.funding_idr""") == []


def test_the_fact_names_its_one_source_or_says_that_there_are_several(star):
    assert star.warehouse.rows("select participation_number, funding_source_code from "
                               "marts.fct_exhibition_participation where event_code = 'SATU-SEL' order by 1") == [
        (1, "several"), (2, "several"), (3, "apbn"), (4, "several"), (5, "pt astra"), (6, "unknown")]


def test_a_payer_that_is_not_listed_is_inferred(star):
    assert star.warehouse.rows("select funding_source_code from marts.dim_funding_source where is_inferred") == [
        ("pt astra",)]
