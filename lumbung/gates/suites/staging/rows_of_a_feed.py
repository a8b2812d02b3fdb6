"""What holds for the rows of every feed: its contract, codes that are known, days that were, news that keep coming."""

from collections.abc import Collection

from lumbung.contracts import Column, Contract, contract_of
from lumbung.gates.suites.vocabulary import (
    REPORTING_OFFICER,
    at_least,
    at_most,
    codes_match,
    finds_nothing,
    known_to,
    not_null,
    one_of,
    suite,
    within,
)

CONTRACT = "the feed's contract"
ROW = ["sheet", "row_number", "load_id"]
DAYS = {"d": 1, "mo": 31, "y": 366}
REGIONS = ("(select region_code from staging.stg_reference__regions union "
           "select old_code from staging.stg_reference__region_changes)")


def feed_suite(feed: str, table: str, key: list[str], expectations: list[dict], *, by_hand: Collection[str] = (),
               left_out: Collection[str] = (), ahead_days: int = 1) -> dict:
    """The suite over a staging table: what the contract says, freshness, days in the future, and what is said by hand.

    `key` tells a row beside its load; patterns of the columns `by_hand` are checked otherwise, columns `left_out` are
    not in the table; rows may be dated `ahead_days` after the run.
    """
    contract, keys = contract_of(feed), [*key, *ROW]
    return suite("staging", table, [*key, "sheet", "row_number"], [
        not_null("load_id", "A row without its load can't be traced or withdrawn."),
        not_null("is_synthetic", "Made-up and real rows are never added, so each row says which it is."),
        *(check for column in contract.columns
          if column.classification != "personal" and column.name not in ("is_synthetic", *left_out)
          for check in _of_column(column, keys, by_hand)),
        not_in_future(contract.period_column, keys, ahead_days=ahead_days),
        _fresh(contract, table), *expectations], feed=feed)


def not_in_future(column: str, keys: list[str], *, ahead_days: int = 1) -> dict:
    """No row is dated after the run; a day more, since the day of Jakarta and Papua begins before that of UTC."""
    return finds_nothing(f"{column.removesuffix('_on')}_not_in_future", f"""
        select {', '.join(keys)} from {{batch}} cross join control.run
        where {column} > run_date + {ahead_days}""",
        "What is dated after today has not happened yet: ask the office what day is meant.",
        severity="warning", column=column)


def region_known(column: str, keys: list[str]) -> dict:
    """Every code of a place is of the ministry's list, of today or before a change; empty passes."""
    return finds_nothing(f"{column}_in_list", column=column, query=f"""
        select {', '.join(keys)} from {{batch}} where {column} in (
            select code from (select distinct {column} as code from {{batch}})
            where code not in (select region_code from {REGIONS}))""",
        reason="A place that the list does not know is counted as unknown.", severity="warning",
        source="Ministry of Home Affairs: codes of regions, with those before the changes of 2022")


def country_known(column: str, keys: list[str]) -> dict:
    """Every country is of the list; empty passes."""
    return known_to(column, "staging.stg_reference__countries", "country_code", keys,
                    "A country that the list does not know is counted as unknown.", severity="warning",
                    source="ISO 3166-1 alpha-2")


def currency_known(keys: list[str]) -> dict:
    """Every currency is of the list; empty passes."""
    return known_to("currency", "staging.stg_reference__currencies", "currency", keys,
                    "An amount in a currency that is none has no rate, so it is left out of every sum.",
                    severity="warning", source="ISO 4217")


def funding_known(keys: list[str]) -> dict:
    """Every source of money is of the list; empty passes."""
    return known_to("funding_source", "staging.stg_reference__funding_sources", "funding_source_code", keys,
                    "A source of money that the list does not know is counted as unknown.", severity="warning")


def hs_chapter_known(keys: list[str]) -> dict:
    """Every code of goods begins with a chapter of the Harmonized System."""
    return finds_nothing("hs_chapter_known", f"""
        select {', '.join(keys)} from {{batch}} where hs_code in (
            select code from (select distinct hs_code as code from {{batch}})
            where substr(code, 1, 2) not in (
                select hs_code from staging.stg_reference__hs_chapters where length(hs_code) = 2))""",
        "Goods of a chapter that there is not can't be told by kind.", severity="warning",
        source="Harmonized System: chapters 01 to 97 and the national ones", column="hs_code")


def row_once(keys: list[str]) -> dict:
    """No row of a file stands in a small table twice; of the big ones, rows are counted load by load."""
    return finds_nothing("row_once", f"""
        select {', '.join(keys)} from {{batch}} group by {', '.join(keys)}, piece having count(*) > 1""",
        "A row of a file that came in twice would count twice.")


def _fresh(contract: Contract, table: str) -> dict:
    # A run sees only what changed of a big table, and freshness is of all of it.
    number, unit = contract.due_every
    limit = 2 * number * DAYS[unit] + contract.due_within_days
    return within("fresh", f"""
        select '{contract.feed}' as feed, agency, date_diff('day', max(newest), max(run_date)) as observed
        from control.run cross join (
            select load_id, max({contract.period_column}) as newest from staging.{table} /* all of {{batch}} */
            cross join control.run where not is_synthetic and {contract.period_column} <= run_date
            group by load_id) as dated
        join control.loads using (load_id) group by agency having count(*) > 1""",
        "Nothing newer came from this agency for two periods and the days agreed on: ask for it, since lists of "
        "today would show old figures.", at_most=limit, severity="warning", owner=REPORTING_OFFICER,
        source="frequency and latency of the feed's contract; made-up rows end on a fixed day and are left out")


def _of_column(column: Column, keys: list[str], by_hand: Collection[str]) -> list[dict]:
    made = []
    if column.required:
        made.append(not_null(column.name, f"Required: {column.description}.", source=CONTRACT))
    if column.minimum is not None:
        made.append(at_least(column.name, column.minimum, f"Not below {column.minimum:g}: {column.description}.",
                             source=CONTRACT))
    if column.maximum is not None:
        made.append(at_most(column.name, column.maximum, f"Not above {column.maximum:g}: {column.description}.",
                            name=f"{column.name}_at_most_{column.maximum:g}", source=CONTRACT))
    if column.allowed:
        made.append(one_of(column.name, list(column.allowed), f"One of the contract's list: {column.description}.",
                           source=CONTRACT))
    if column.pattern and column.name not in by_hand:
        made.append(codes_match(column.name, column.pattern, keys, f"Of the contract's form: {column.description}.",
                                source=CONTRACT))
    return made
