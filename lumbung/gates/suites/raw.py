"""Gate raw: is each file fit to enter at all? The rows themselves were typed by their contract before."""

from lumbung.contracts import Column, Contract, contracts
from lumbung.gates.suites.earlier_loads import against_earlier_loads
from lumbung.gates.suites.vocabulary import at_least, at_most, finds_nothing, not_null, one_of, suite

CONTRACT = "the feed's contract"
TRACED = "A row that can't be told from others can't be loaded, traced or withdrawn."


def suites() -> list[dict]:
    """The suite over the profile (a row a load) and one a feed over its rows."""
    return [_load_profile(), *(of_rows(contract) for contract in contracts().values())]


def _load_profile() -> dict:
    return suite("raw", "load_profile", ["load_id"], [
        finds_nothing("rows_add_up", """
            select load_id from {batch}
            where rows_read is distinct from rows_accepted + rows_quarantined + rows_skipped""",
            "Every row that was read is accepted, quarantined or skipped; none is lost."),
        finds_nothing("physical_rows_add_up", """
            select load_id from {batch}
            where physical_rows - header_rows <> rows_accepted + rows_quarantined + rows_skipped""",
            "A second count, by the bytes of the file, finds the rows that the reader found."),
        finds_nothing("accepted_rows_are_there", """
            with off as (
                select load_id, rows_accepted from (select load_id, rows_accepted from {batch}) as profile
                full join (select load_id, count(*) as found from raw.accepted group by load_id) as kept
                using (load_id) where coalesce(rows_accepted, 0) <> coalesce(found, 0))
            select load_id from off left join (
                select load_id, count(distinct (sheet, row_number)) as sources from raw.accepted
                where load_id in (select load_id from off) group by load_id) as made using (load_id)
            where sources is distinct from rows_accepted""",
            "The Parquet holds exactly the rows that the profile counts as accepted; what a wide table's row became "
            "counts as that row."),
        at_least("rows_accepted", 1, "A file without one good row has nothing to load."),
        at_least("rows_skipped", 0, "A count can't be negative."),
        at_least("rows_quarantined", 0, "A count can't be negative."),
        not_null("reject_pct", "A load without a reject rate was not measured."),
        at_least("reject_pct", 0, "A percentage can't be negative."),
        # No failure: intake holds such a load for a person. A replay has no limit.
        finds_nothing("reject_pct_within_limit", """
            select load_id from {batch} where reject_pct > reject_limit_pct""",
            "More rows break the contract than its limit allows, so the file waits for a person: probably another "
            "layout.", severity="warning", column="reject_pct", source="rejectLimitPct of the feed's contract"),
        at_most("reject_pct", 5, name="reject_pct_small", severity="warning",
                reason="More than one row in twenty breaks the contract: send the return sheet to the office."),
        at_most("duplicate_key_rows", 0, name="no_duplicate_keys", severity="warning",
                reason="Rows of one file repeat a key; the copies are dropped in the warehouse."),
        finds_nothing("load_id_unique", """
            select load_id from {batch} group by load_id having count(*) > 1""",
            "The profile has one row a load."),
        *against_earlier_loads(),
    ])


def of_rows(contract: Contract) -> dict:
    """The suite over the typed rows of a feed: what its contract says of keys, required values, lists and ranges.

    Typing has kept to these already; here another program looks at what came of it. Patterns are not looked at
    again: they would be a pass of their own each.
    """
    keys = [c for c in contract.key if contract.column(c).required]
    return suite("raw", contract.feed, ["row_number"], [
        not_null("load_id", TRACED), not_null("row_number", TRACED),
        *(not_null(column, TRACED, source=CONTRACT) for column in keys),
        *(check for column in contract.columns for check in _of_column(column, column.name in keys))],
        feed=contract.feed)


def _of_column(column: Column, is_named: bool) -> list[dict]:
    made = []
    if column.required and not is_named:
        made.append(not_null(column.name, f"Required: {column.description}.", source=CONTRACT))
    if column.allowed:
        made.append(one_of(column.name, list(column.allowed), f"One of the contract's list: {column.description}.",
                           source=CONTRACT))
    if column.minimum is not None:
        made.append(at_least(column.name, column.minimum, f"Not below {column.minimum:g}: {column.description}.",
                             source=CONTRACT))
    if column.maximum is not None:
        made.append(at_most(column.name, column.maximum, f"Not above {column.maximum:g}: {column.description}.",
                            name=f"{column.name}_at_most_{column.maximum:g}", source=CONTRACT))
    return made
