"""dim_ikm: history is rebuilt from dated editions, in whatever order they come."""

from datetime import date

from star_keys import business_of

FIRST, NO_END = date(1900, 1, 1), date(9999, 12, 31)
MARCH, APRIL, JUNE = date(2024, 3, 1), date(2024, 4, 1), date(2024, 6, 1)


def versions(star, party: str, *columns: str) -> list[tuple]:
    return star.warehouse.rows(f"select valid_from, valid_to, is_listed, {', '.join(columns)} from marts.dim_ikm "
                               f"where ikm_id = '{business_of(party)}' order by valid_from")


def test_a_roster_of_march_that_arrives_in_june_takes_its_place(star):
    early = [(r["valid_from"], r["business_name"]) for r in star.early["dim_ikm"] if r["ikm_id"] == business_of("p1_a")]
    assert sorted(early) == [(FIRST, "CV A"), (JUNE, "CV A")]
    assert versions(star, "p1_a", "business_name", "is_current") == [
        (FIRST, MARCH, False, "CV A Lama", False), (MARCH, JUNE, True, "CV A Lama", False),
        (JUNE, NO_END, True, "CV A", True)]


def test_the_order_in_which_editions_come_leaves_no_mark(star, other_way_round):
    assert star.table("dim_ikm") == other_way_round.table("dim_ikm")


def test_before_its_first_edition_a_business_has_a_name_and_place_but_no_figures(star):
    assert versions(star, "p1_a", "region_code", "workers_male")[:2] == [
        (FIRST, MARCH, False, "32.76", None), (MARCH, JUNE, True, "32.76", 3)]


def test_a_business_that_the_next_edition_leaves_out_is_no_longer_listed_by_that_office(star):
    # Jabar's June edition leaves B out; Depok lists it since April, and is the later one.
    assert versions(star, "p1_b", "business_name", "agency_code", "offices") == [
        (FIRST, MARCH, False, "CV B", "disperindag-jabar", 0), (MARCH, APRIL, True, "CV B", "disperindag-jabar", 1),
        (APRIL, JUNE, True, "CV B Depok", "disdagin-depok", 2), (JUNE, NO_END, True, "CV B Depok", "disdagin-depok", 1)]


def test_a_line_without_name_or_number_is_a_member_by_itself_and_ends_with_its_edition(star):
    assert versions(star, "line_disperindag-jabar_2024-03-01_3", "business_name") == [
        (FIRST, MARCH, False, "..."), (MARCH, JUNE, True, "..."), (JUNE, NO_END, False, "...")]


def test_made_up_editions_say_nothing_of_a_business_that_real_rows_name(star):
    assert star.table("dim_ikm", "business_name = 'DATA BUATAN'") == []
    found = star.one("dim_ikm", f"ikm_id = '{business_of('p1_lead')}'")
    assert (found["business_name"], found["is_inferred"], found["is_synthetic"]) == ("UD Prospek", True, False)


def test_a_fact_of_any_day_finds_one_version(star):
    assert star.warehouse.rows("""
        select visit_id, business_name, is_listed from marts.fct_readiness_assessment as visit
        join marts.bridge_party_business as business on visit.party_key = business.party_key
        join marts.dim_ikm as ikm on business.ikm_id = ikm.ikm_id
            and visit.visited_on >= ikm.valid_from and visit.visited_on < ikm.valid_to order by 1""") == [
        ("V1", "UD Kunjungan", False), ("V2", "CV A Lama", False)]


def test_no_fact_carries_the_key_of_a_version(star):
    assert star.warehouse.rows("select table_name from information_schema.columns where table_name like 'fct_%' "
                               "and column_name like '%_version_key'") == []


def test_products_of_one_cell_are_told_one_by_one_for_each_version(star):
    assert star.warehouse.rows(f"""
        select valid_from, product_number, product_name from marts.bridge_ikm_product
        where ikm_id = '{business_of("p1_a")}' order by all""") == [
        (FIRST, 1, "kursi rotan"), (FIRST, 2, "meja rotan"), (MARCH, 1, "kursi rotan"), (MARCH, 2, "meja rotan"),
        (JUNE, 1, "tas")]
    assert star.one("bridge_ikm_product", f"ikm_id = '{business_of('p1_lead')}'")["product_name"] == "unknown"
