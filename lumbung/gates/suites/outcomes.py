"""The expectations of `mart_programme_outcome`: it adds up, and tells nothing of one or two businesses."""

from lumbung.gates.suites.growth import OWNED
from lumbung.gates.suites.vocabulary import at_least, finds_nothing, not_null, one_of, suite, unique

KEY = ["breakdown", "breakdown_code", "cohort", "arm", "horizon_months", "measure", "is_synthetic"]
ROW = ", ".join(KEY)
WHO = ["members", "censored", "not_mature", "mature"]
HIDDEN = ["exported_before", "history_too_short", "counted", "exported", "not_seen", "unlinkable"]
SMALL = ["exported_before", "history_too_short", "exported", "not_seen", "unlinkable"]
FIGURES = ["share_pct", "share_least_pct", "share_most_pct", "wilson_low_pct", "wilson_high_pct", "difference_pct",
           "difference_low_pct", "difference_high_pct", "valued", "median_before_usd", "median_after_usd",
           "rising_share_pct"]
REASONS = ["is_waiting", "nobody_counted", "nobody_waiting", "withheld", "unlinkable_differ", "one_shipment"]
SAME_GROUP = [column for column in KEY if column not in ("cohort", "arm")]


def suites() -> list[dict]:
    """One suite, of the outcomes of programmes."""
    return [suite("marts", "mart_programme_outcome", KEY, [
        unique(KEY, [], "A group has one line a cohort, arm, horizon and measure."),
        *(not_null(column, "Part of the grain.") for column in KEY),
        *(not_null(column, "How many there are is always said.") for column in [*WHO, "is_withheld"]),
        *(at_least(column, 0, "A count can't be below nothing.") for column in WHO + HIDDEN),
        one_of("breakdown", ["all", "programme", "office", "funding_source", "sector", "region"],
               "A group is one of these."),
        one_of("arm", ["enrolled", "trained", "waiting"], "A member is enrolled, trained or waits."),
        one_of("measure", ["export", "first_export"], "An export is any or the first."),
        one_of("horizon_months", [6, 12, 24], "Members are followed so many months."),
        one_of("no_difference_reason", REASONS, "Who reads is told why nothing is compared."),
        *_sums(), *_shares(), *_withheld(), *_compared(),
    ])]


def _sums() -> list[dict]:
    return [
        finds_nothing("members_add_up", f"""
            select {ROW} from {{batch}} where members <> censored + not_mature + mature
            or mature <> exported_before + history_too_short + counted
            or counted <> exported + not_seen + unlinkable""",
            "Every member is counted or it is said why not.", **OWNED),
        finds_nothing("cohorts_add_up", f"""
            select {', '.join(SAME_GROUP)}, arm, 'all' as cohort from {{batch}} group by {', '.join(SAME_GROUP)}, arm
            having sum(members) filter (where cohort <> 'all') <> sum(members) filter (where cohort = 'all')""",
            "A business has one cohort in a group, so cohorts are the parts of the whole.", **OWNED),
        finds_nothing("equals_enrolments", """
            with trained as (
                select programme_code as breakdown_code, enrolments.is_synthetic, count(distinct
                    if(ikm_id = 'unknown', enrolment_key::varchar, ikm_id)) as businesses
                from marts.fct_programme_enrolment as enrolments
                join marts.bridge_party_business using (party_key)
                where trained_on is not null and listed_on <> date '1900-01-01' group by all),
            told as (
                select distinct breakdown_code, is_synthetic, members from {batch}
                where breakdown = 'programme' and arm = 'trained' and cohort = 'all')
            select 'programme' as breakdown, breakdown_code, is_synthetic
            from trained full join told using (breakdown_code, is_synthetic)
            where businesses is distinct from members""",
            "Each programme counts all its members, each business once.", **OWNED),
    ]


def _shares() -> list[dict]:
    shares = {"share_pct": ("exported", "(exported + not_seen)"), "share_least_pct": ("exported", "counted"),
              "share_most_pct": ("(exported + unlinkable)", "counted")}
    wrong = " or ".join(f"abs({share}::double - 100 * {part}::double / nullif({whole}, 0)::double) > 0.000051"
                        for share, (part, whole) in shares.items())
    return [
        finds_nothing("shares_add_up", f"select {ROW} from {{batch}} where {wrong}",
                      "A share is its part over its whole, to the fourth decimal.", **OWNED),
        finds_nothing("intervals_hold_their_figure", f"""
            select {ROW} from {{batch}} where share_pct not between share_least_pct and share_most_pct
            or share_pct not between wilson_low_pct - 0.0001 and wilson_high_pct + 0.0001
            or difference_pct not between difference_low_pct and difference_high_pct""",
            "A figure lies between its bounds.", **OWNED),
    ]


def _withheld() -> list[dict]:
    small = " or ".join(f"{column} in (1, 2)" for column in SMALL)
    shown = ", ".join(HIDDEN + FIGURES)
    return [
        finds_nothing("one_or_two_are_withheld", f"select {ROW} from {{batch}} where {small}",
                      "A count of one or two tells of single businesses.", **OWNED),
        finds_nothing("withheld_is_empty", f"""
            select {ROW} from {{batch}} where is_withheld and coalesce({shown}) is not null""",
            "What is withheld can't be worked out from what stands beside it.", **OWNED),
        finds_nothing("not_withheld_alone", f"""
            select {', '.join(SAME_GROUP)}, arm, 'all' as cohort from {{batch}} group by {', '.join(SAME_GROUP)}, arm
            having count(*) filter (where is_withheld and cohort <> 'all') = 1
            and count(*) filter (where is_withheld and cohort = 'all') = 0""",
            "One cohort withheld alone is the whole less the others.", **OWNED),
        finds_nothing("withheld_together_is_no_small_count", f"""
            select {', '.join(SAME_GROUP)}, arm, 'all' as cohort from (
                select {', '.join(SAME_GROUP)}, arm, bool_or(is_withheld and cohort = 'all') as is_total_withheld,
                    bool_or(is_withheld and cohort <> 'all') as has_withheld,
                    sum(if(cohort = 'all', exported, -exported)) as exported,
                    sum(if(cohort = 'all', not_seen, -not_seen)) as not_seen,
                    sum(if(cohort = 'all', unlinkable, -unlinkable)) as unlinkable
                from {{batch}} group by {', '.join(SAME_GROUP)}, arm)
            where has_withheld and not is_total_withheld
                and (exported in (1, 2) or not_seen in (1, 2) or unlinkable in (1, 2))""",
            "The total less the cohorts that are shown must not tell of single businesses.", **OWNED),
    ]


def _compared() -> list[dict]:
    return [
        finds_nothing("difference_or_reason", f"""
            select {ROW} from {{batch}} where (difference_pct is null) = (no_difference_reason is null)""",
            "Who reads is told why nothing is compared.", **OWNED),
        finds_nothing("like_with_like", f"""
            with rows as (select * from {{batch}})
            select {', '.join(f'one.{column}' for column in KEY)} from rows as one
            left join rows as waiting using (breakdown, breakdown_code, cohort, horizon_months, measure, is_synthetic)
            where waiting.arm = 'waiting' and one.difference_pct is not null
            and (10 * abs(one.unlinkable * waiting.counted - waiting.unlinkable * one.counted)
                > one.counted * waiting.counted
                or abs(one.difference_pct - (one.share_pct - waiting.share_pct)) > 0.0002)""",
            "Compared are groups of which about the same part can't be linked, and by their shares.", **OWNED),
    ]
