"""What offices write down of their programmes: enrolments, targets, visits."""

from lumbung.gates.suites.staging.rows_of_a_feed import (
    ROW,
    feed_suite,
    funding_known,
    not_in_future,
    region_known,
    row_once,
)
from lumbung.gates.suites.vocabulary import finds_nothing


def suites() -> list[dict]:
    """The suites over enrolments, targets and visits."""
    return [_enrolments(), _targets(), _visits()]


def _enrolments() -> dict:
    key = ["programme_code", "enrolment_number"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("programme_enrolment", "stg_enrolment__members", key, [
        region_known("region_code", keys), funding_known(keys), row_once(keys),
        not_in_future("listed_on", keys),
        finds_nothing("trained_not_before_enrolled", f"""
            select {rows} from {{batch}} where trained_on < enrolled_on""",
            "Nobody ends a training before enrolling in it: the waiting times would be negative.", severity="warning"),
        finds_nothing("enrolled_not_before_listed", f"""
            select {rows} from {{batch}} where enrolled_on < listed_on""",
            "A business is on the list before it is enrolled, or on the same day.", severity="warning"),
        finds_nothing("listed_before_the_list", f"""
            select {rows} from {{batch}} where listed_on > recorded_on""",
            "A list can't name a business that was put on it later.", severity="warning"),
        finds_nothing("status_agrees_with_days", f"""
            select {rows} from {{batch}} where (enrolment_status = 'trained' and trained_on is null)
            or (enrolment_status = 'enrolled' and enrolled_on is null)
            or (enrolment_status = 'waiting' and enrolled_on <= recorded_on)""",
            "Who is trained or enrolled has the day of it, and who waits has none yet.", severity="warning",
            column="enrolment_status"),
    ])


def _targets() -> dict:
    key = ["target_id", "area_number"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("programme_target", "stg_programme__targets", key, [
        region_known("region_code", keys), row_once(keys),
        finds_nothing("year_near_the_statement", f"""
            select {rows} from {{batch}} where abs(target_year - year(stated_on)) > 10""",
            "A target more than ten years from its statement: one of the two years is wrong.", severity="warning"),
        finds_nothing("areas_within_the_whole", f"""
            select {rows} from {{batch}} where area_number = 0 and (target_id, load_id, stated_on) in (
                select (target_id, load_id, stated_on) from {{batch}} group by target_id, load_id, stated_on
                having sum(target_value) filter (where area_number > 0)
                > max(target_value) filter (where area_number = 0))""",
            "The areas of a target come to no more than the whole.", severity="warning", column="target_value"),
    ])


def _visits() -> dict:
    key = ["visit_id"]
    keys = [*key, *ROW]
    rows = ", ".join(keys)
    return feed_suite("readiness_assessment", "stg_readiness__visits", key, [
        region_known("region_code", keys), row_once(keys),
        finds_nothing("capacity_has_unit", f"""
            select {rows} from {{batch}}
            where coalesce(capacity_per_month, demand_per_month) is not null and capacity_unit is null""",
            "A capacity without its unit can't be compared or added.", severity="warning", column="capacity_unit"),
        finds_nothing("capacity_like_its_demand", f"""
            select {rows} from {{batch}} where capacity_per_month > 0 and demand_per_month > 0
            and (capacity_per_month >= 1000 * demand_per_month or demand_per_month >= 1000 * capacity_per_month)""",
            "Capacity and demand a thousand times apart are probably in two units.", severity="warning",
            column="capacity_per_month"),
    ])
