"""What became of every row, and which files contradict each other."""

from lumbung.gates.suites.vocabulary import REPORTING_OFFICER, at_least, finds_nothing, not_null, one_of, suite, unique

OUTCOMES = ["rows_current", "rows_superseded", "rows_cancelled", "rows_replaced", "rows_duplicate", "rows_conflict",
            "rows_invalid_correction", "rows_unregistered", "rows_left_out"]
FILE = ["rows_read", "rows_skipped", "rows_quarantined", "rows_accepted", "rows_made"]
PROMISE = "design: row conservation, of a load and of a feed"
STATUSES = ["open", "decided", "past"]


def row_conservation() -> dict:
    """The suite of `mart_row_conservation`."""
    return suite("marts", "mart_row_conservation", ["feed"], [
        unique(["feed", "load_id"], [], "A load is accounted for once."),
        *(not_null(column, "Part of the grain.") for column in ["feed", "load_id"]),
        *(at_least(column, 0, "A count can't be negative.") for column in [*FILE, *OUTCOMES]),
        finds_nothing("rows_balance", f"""
            select feed, load_id from {{batch}}
            where rows_read is distinct from rows_skipped + rows_quarantined + rows_accepted
            or rows_accepted + rows_made is distinct from {' + '.join(OUTCOMES)}""",
            "Every row that was read is skipped, quarantined or accepted, and every accepted row has one outcome.",
            source=PROMISE),
        finds_nothing("every_load_is_there", """
            select load_id from control.loads anti join {batch} using (load_id)""",
            "A load that is not accounted for could lose any number of rows.", source=PROMISE),
        finds_nothing("every_row_has_a_load", """
            select feed, load_id from {batch} where load_status = 'unknown'""",
            "Rows of a load that this run did not pin came in by another way."),
    ])


def conflicts() -> dict:
    """The suite of `mart_conflict`."""
    key = ["feed", "conflict_key", "load_id", "is_synthetic"]
    one, row = "feed, conflict_key, is_synthetic", ", ".join(key)
    return suite("marts", "mart_conflict", key[:2], [
        unique(key, [], "A file takes part in a conflict once."),
        *(not_null(column, "Part of the grain.") for column in key),
        one_of("conflict_status", STATUSES, "A conflict is open, decided, or past."),
        finds_nothing("one_version_stands", f"""
            select {one} from {{batch}} group by all having count(*) filter (where is_standing) = 0""",
            "However the files differ, one of them stands: a document never drops out for being sent twice."),
        finds_nothing("no_open_conflicts", f"""
            select {row} from {{batch}} where conflict_status = 'open'""",
            "Files contradict each other, and the version that was there first stays until a person decides: "
            "lumbung conflicts list.", severity="warning", owner=REPORTING_OFFICER),
    ])
