"""What every fact must hold; the small facts join each of their dimensions by one column that is never empty."""

from lumbung.gates.suites.vocabulary import finds_nothing, known_to, not_null, suite, unique

SYNTHETIC = "Made-up and real rows are never added, so each row says which it is."
TRACE = "Every figure leads to the file that it came in."
GRAIN = "A row that is there twice counts twice."
UNKNOWN = "Facts that don't know their member need one to join."
JOINS = "Every row joins its dimension; what is not known is its unknown member, what came too early an inferred one."

AGENCY = ("agency_code", "dim_agency", "agency_code")
EVENT = ("event_key", "dim_event", "event_key")
# By way of its party's business a row finds dim_ikm, of which the suite sees to it that the member is there.
PARTY = ("party_key", "bridge_party_business", "party_key")
PROGRAMME = ("programme_key", "dim_programme", "programme_key")


def _day(column: str) -> tuple[str, str, str]:
    return column, "dim_date", "date_day"


# table -> its key, and the dimensions it joins besides region and file: (column, dimension, its key).
SMALL_FACTS = {
    "fct_buyer_lead": (["lead_id"], [
        AGENCY, EVENT, PARTY, _day("recorded_on"), ("buyer_country_code", "dim_country", "country_code")]),
    "fct_exhibition_participation": (["event_code", "participation_number"], [
        AGENCY, EVENT, PARTY, _day("starts_on"), _day("ends_on"), _day("recorded_on"),
        ("funding_source_code", "dim_funding_source", "funding_source_code")]),
    "fct_programme_enrolment": (["agency_code", "programme_code", "enrolment_number"], [
        AGENCY, PROGRAMME, PARTY, _day("recorded_on"), _day("listed_on"),
        ("funding_source_code", "dim_funding_source", "funding_source_code")]),
    "fct_programme_target": (["target_id", "area_number"], [AGENCY, PROGRAMME, _day("stated_on")]),
    "fct_readiness_assessment": (["visit_id"], [AGENCY, PROGRAMME, PARTY, _day("visited_on")]),
    "fct_reported_figure": (["figure_id"], [AGENCY, EVENT, _day("stated_on")]),
}

PARTIES_OF_FACTS = " union all ".join(
    f"select party_key from marts.{table}" for table, (_, dimensions) in SMALL_FACTS.items() if PARTY in dimensions)


MILESTONES = ("assessed_on", "ready_on", "exhibited_on", "first_lead_on", "first_order_on", "first_export_on")


def small_facts() -> list[dict]:
    """One suite a small fact."""
    return [_small_fact(table, *about) for table, about in SMALL_FACTS.items()]


def fact_row(keys: list[str]) -> list[dict]:
    """What a row of any fact must hold: whether it is made up or contested, its place, its file."""
    return [
        not_null("is_synthetic", SYNTHETIC),
        not_null("has_conflict", "Whoever reads a row is told whether another file says otherwise."),
        not_null("region_code", "Every row has a place; unknown ones are the member 00.00."),
        not_null("load_id", TRACE),
        known_to("region_code", "marts.dim_region", "region_code", keys,
                 "Every row joins its region; unknown ones are the member 00.00."),
        known_to("load_id", "control.loads", "load_id", keys,
                 "A run reads the loads it pinned and no other; a withdrawn one leaves nothing behind."),
    ]


def joins(dimensions: list[tuple[str, str, str]], keys: list[str]) -> list[dict]:
    """Each (column, dimension, its key): never empty, and there."""
    return [expectation for column, dimension, key in dimensions
            for expectation in (not_null(column, JOINS), known_to(column, f"marts.{dimension}", key, keys, JOINS))]


def _small_fact(table: str, key: list[str], dimensions: list[tuple[str, str, str]]) -> dict:
    keys = [*key, "row_number", "load_id"]
    return suite("marts", table, keys[:-1], [
        *fact_row(keys),
        *joins(dimensions, keys),
        unique(["is_synthetic", *key], [c for c in keys if c not in key], GRAIN),
        *(not_null(column, "Part of the grain.") for column in key if column not in [d[0] for d in dimensions]),
        *OF_ONE_FACT.get(table, lambda keys: [])(keys),
    ])


def _enrolments(keys: list[str]) -> list[dict]:
    named = ", ".join(keys)
    early = " or ".join(f"{day} < listed_on" for day in MILESTONES)
    return [
        *(known_to(column, "marts.dim_date", "date_day", keys, "A day that is known is in the calendar.")
          for column in ("enrolled_on", "trained_on", "first_export_on")),
        finds_nothing("milestones_since_listing", f"select {named} from {{batch}} where {early}",
                      "What a business reached is counted from the day it was listed."),
        finds_nothing("days_in_order", f"""
            select {named} from {{batch}}
            where enrolled_on < listed_on or trained_on < coalesce(enrolled_on, listed_on)""",
            "A business is listed, enrolled and trained in this order; ask the office for the right days.",
            severity="warning"),
        finds_nothing("status_fits_days", f"""
            select {named} from {{batch}} where (enrolment_status = 'waiting' and enrolled_on is not null)
            or (enrolment_status = 'trained' and trained_on is null)
            or (enrolment_status = 'enrolled' and enrolled_on is null)""",
            "Who waits has no day of enrolment, and who is trained has a day of it; ask the office which is right.",
            severity="warning"),
    ]


def _visits(keys: list[str]) -> list[dict]:
    return [finds_nothing("capacity_beside_demand", f"""
        select {', '.join(keys)} from {{batch}}
        where capacity_gap_per_month <> capacity_per_month - demand_per_month
        or capacity_covers_demand <> (capacity_per_month >= demand_per_month)""",
        "What is lacking is the demand that the capacity doesn't cover.")]


# What only one of them must hold besides.
OF_ONE_FACT = {"fct_programme_enrolment": _enrolments, "fct_readiness_assessment": _visits}
