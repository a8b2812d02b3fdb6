"""The few kinds of expectation that the suites are written in, as Great Expectations' own JSON.

Column checks of one table are counted together in one pass, so they are cheap. A query is a pass of its own: on the
facts and the big staging tables it must not compare or match text row by row where codes can be made distinct first.
"""

DATA_ENGINEER = "data engineer"
REPORTING_OFFICER = "reporting officer"

# What no release holds yet. `covering.parts` counts those whose acceptance was taken back among them.
NEW_LOADS = "(select load_id from control.loads where published_since is null)"

PEB_LAYOUT = "PEB (BC 3.0): nomorAju is office 4, document code 2, company 6, date 8, sequence 6"


def suite(step: str, table: str, keys: list[str], expectations: list[dict], feed: str = "") -> dict:
    """A suite over `step.table`; `keys` name a row in the results, `feed` says whose rows they are, "" of several."""
    names = [e["meta"]["name"] for e in expectations]
    if doubled := {n for n in names if names.count(n) > 1}:
        raise ValueError(f"{table}: two expectations are called {sorted(doubled)}")
    return {"name": f"{step}.{table}", "meta": {"schema": step, "table": table, "feed": feed, "keys": keys},
            "expectations": sorted(expectations, key=lambda e: e["meta"]["name"])}


def not_null(column: str, reason: str, **more) -> dict:
    """Every row has a value."""
    return _expectation("expect_column_values_to_not_be_null", f"{column}_not_null", {"column": column}, reason, more)


def at_least(column: str, minimum: float, reason: str, *, strictly: bool = False, **more) -> dict:
    """No value is below `minimum` (nor at it, where `strictly`); empty passes."""
    kwargs = {"column": column, "min_value": minimum} | ({"strict_min": True} if strictly else {})
    name = f"{column}_{'above' if strictly else 'at_least'}_{minimum:g}"
    return _expectation("expect_column_values_to_be_between", name, kwargs, reason, more)


def at_most(column: str, maximum: float, reason: str, **more) -> dict:
    """No value is above `maximum`; empty passes."""
    return _expectation("expect_column_values_to_be_between", more.pop("name"),
                        {"column": column, "max_value": maximum}, reason, more)


def one_of(column: str, values: list, reason: str, **more) -> dict:
    """Every value is of the list; empty passes."""
    return _expectation("expect_column_values_to_be_in_set", f"{column}_known",
                        {"column": column, "value_set": values}, reason, more)


def finds_nothing(name: str, query: str, reason: str, *, accepted_by: str = "", **more) -> dict:
    """The query gives no row. It gives keys, and `load_id` where it can; `{batch}` is the table.

    `accepted_by` marks a critical check of judgement, of which a right row may fall foul, and says who may accept one.
    `counted_by` are the columns of a thing that is counted once, in however many rows it is.
    """
    if accepted_by and ("load_id" not in query or more.get("severity", "critical") != "critical"):
        raise ValueError(f"{name}: only what a critical check finds in a load can be accepted")
    more |= {"may_be_accepted": accepted_by} if accepted_by else {}
    return _expectation("expect_query_to_find_nothing", name, {"unexpected_rows_query": " ".join(query.split())},
                        reason, more)


def within(name: str, query: str, reason: str, *, at_least: float | None = None, at_most: float | None = None,
           **more) -> dict:
    """What the query measures lies within limits. A row each thing measured: `observed` (a number; empty passes), and
    what tells it from others: `feed`, `agency`, `load_id`, a place, a month. All of it is kept, also where it holds.
    """
    measured = " ".join(query.split())
    outside = " or ".join([*([f"observed < {at_least:g}"] if at_least is not None else []),
                           *([f"observed > {at_most:g}"] if at_most is not None else [])])
    return _expectation("expect_measure_to_be_within", name, {
        "unexpected_rows_query": f"select * from ({measured}) as measured where {outside}",
        "measure_query": measured, "at_least": at_least, "at_most": at_most}, reason, more)


def codes_match(column: str, pattern: str, keys: list[str], reason: str, **more) -> dict:
    """Every code matches a pattern as a whole; matched once a distinct code, not once a row."""
    pattern = pattern.removeprefix("^").removesuffix("$").replace("{", "{{").replace("}", "}}")
    return finds_nothing(f"{column}_pattern", column=column, query=f"""
        select {', '.join(keys)} from {{batch}} where {column} in (
            select code from (select distinct {column} as code from {{batch}})
            where not regexp_full_match(code, '{pattern}'))""", reason=reason, **more)


def unique(key: list[str], also: list[str], reason: str, **more) -> dict:
    """No two rows have one key. Hashes are compared first, and keys only where two hashes are the same."""
    columns = ", ".join(key)
    return finds_nothing("key_unique", f"""
        select {', '.join(key + also)} from {{batch}} where hash({columns}) in (
            select hash({columns}) from {{batch}} group by all having count(*) > 1)
        qualify count(*) over (partition by {columns}) > 1""", reason, **more)


def unique_items(document: list[str], item: str, keys: list[str], reason: str, **more) -> dict:
    """No item number comes twice in a document: for facts of millions of rows.

    In a document whose item numbers differ, each sets a bit of its own; only the others are looked at by key.
    """
    columns = ", ".join(document)
    return finds_nothing("key_unique", f"""
        select {', '.join(keys)} from {{batch}} where hash({columns}) in (
            select hash({columns}) from {{batch}} group by all
            having bit_count(bit_or(1::ubigint << ({item} % 64)::ubigint)) <> count(*))
        qualify count(*) over (partition by {columns}, {item}) > 1""", reason, **more)


def known_to(column: str, other: str, other_column: str, keys: list[str], reason: str, **more) -> dict:
    """Every code is in another table; empty passes."""
    return finds_nothing(f"{column}_in_{other.split('.')[1]}", column=column, query=f"""
        select {', '.join(keys)} from {{batch}} where {column} in (
            select code from (select distinct {column} as code from {{batch}})
            where code not in (
                select {other_column} from {other} where {other_column} is not null))""", reason=reason, **more)


def _expectation(kind: str, name: str, kwargs: dict, reason: str, more: dict) -> dict:
    severity = more.pop("severity", "critical")
    meta = {"name": name, "severity": severity, "owner": more.pop("owner", DATA_ENGINEER), "reason": reason}
    meta |= {option: more.pop(option)
             for option in ("source", "column", "may_be_accepted", "counted_by") if option in more}
    if more:
        raise TypeError(f"unknown options {sorted(more)}")
    return {"type": kind, "kwargs": kwargs, "meta": meta, "severity": severity}
