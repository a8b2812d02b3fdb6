"""The rules of a contract as DuckDB SQL: source text -> typed value -> what is wrong with it.

Each source column goes through four names: `r_<column>` as it came, `k_<column>` whether that already has the form the
contract asks for, `t_<column>` tidied, `v_<column>` typed. Amounts are cast from text to DECIMAL at once and never pass
through DOUBLE.

Nearly every cell of a big file is in order as it stands, and a regular expression or trim() over each costs more than
parsing the file. So each rule first asks something cheap, and only a cell that fails it goes the long way.
"""

import re

import duckdb

from lumbung.contracts import Column, Contract

BAD_VALUE = {"decimal": "bad_number", "integer": "bad_number", "date": "bad_date", "yes_no": "bad_yes_no",
             "one_two": "bad_yes_no"}

# White space that makes a cell untidy. A reader that knows a file has none of some kind says so.
WHITE_SPACE = ("  ", "\t", "\n", "\r", "\u00a0")

# A pattern that only letters, digits, dots, slashes and dashes can match: what matches it needs no normalising.
CANONICAL = re.compile(r"\^(?:\\d|\\\.|\[[A-Z0-9-]+\]|[/-]|\{\d+\}|[()?+])+\$")

MACROS = r"""
create macro slow_tidy(x) as nullif(nullif(trim(regexp_replace(x, '[\s\x{A0}]+', ' ', 'g')), ''), '-');
create macro only_digits(x) as
    case when regexp_matches(x, '^[0-9]+$') then x else nullif(regexp_replace(x, '[^0-9]', '', 'g'), '') end;
create macro document_number(x) as nullif(upper(translate(x, '-–— .', '')), '');
create macro region_code(x) as
    case when length(x) = 4 and not contains(x, '.') then left(x, 2) || '.' || right(x, 2) else x end;
create macro plain_number(x) as case when contains(x, 'e') or contains(x, 'E') then null else x end;
create macro whole_number(x) as
    case when regexp_matches(x, '^[0-9]{1,18}$') then try_cast(x as bigint)
         when regexp_matches(x, '^[+-]?[0-9]{1,18}(\.0*)?$') then try_cast(split_part(x, '.', 1) as bigint) end;
create macro possible_date(x) as case when x between date '1900-01-01' and date '2200-12-31' then x end;
create macro iso_date(x) as possible_date(
    case when strlen(x) = 10 and contains(x, '-') then try_cast(x as date)
         when regexp_full_match(x, '[0-9-]{10}[T ]00:00(:00(\.0+)?)?') then try_cast(left(x, 10) as date) end);
create macro yes_no(x) as
    case when lower(x) in ('y', 'ya', '1', 'true') then true
         when lower(x) in ('t', 'tidak', '0', 'false') then false end;
create macro synthetic_mark(x) as
    case when x = 'DATA BUATAN' then true else coalesce(upper(x) = 'DATA BUATAN', false) end;
create macro one_two(x) as case x when '1' then true when '2' then false end;
"""


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Define the normalisers as macros."""
    con.execute(MACROS)


def typed(contract: Contract, source: str, white_space: tuple[str, ...] = WHITE_SPACE) -> str:
    """SQL of `source` (with its `r_` columns, `line` and `line_code`) plus `k_`, `t_`, `v_` and `state`.

    `state` is 0 for a row that keeps the contract, 1 for one that breaks it, 2 for a blank one.
    `white_space` is what untidy cells may contain.
    """
    columns = contract.columns
    forms = "".join(f", coalesce(regexp_matches(r_{c.name}, {literal(c.pattern)}), false) as k_{c.name}"
                    for c in columns if _canonical(c))
    tidied = ", ".join(f"{_tidy(c, white_space)} as t_{c.name}" for c in columns)
    values = ", ".join(f"{value(c)} as v_{c.name}" for c in columns)
    blank = "coalesce(" + ", ".join(f"t_{c.name}" for c in columns) + ") is null"
    broken = " or ".join(f"coalesce({condition}, false)" for c in columns for condition, _ in faults(c))
    return f"""(
        select *, case when line_code = 'blank' then 2 when line is not null then 1
                       when {blank} then 2 when {broken} then 1 else 0 end::utinyint as state
        from (select *, {values} from (select *, {tidied} from (select *{forms} from {source}))))"""


def value(c: Column) -> str:
    """SQL of the typed value of one column; null where there is none or it can't be typed."""
    text = f"t_{c.name}"
    match c.normaliser:
        case "text":
            return text
        case "lower":
            normal = f"lower({text})"
        case "code":
            normal = f"upper({text})"
        case "digits":
            normal = f"only_digits({text})"
        case "decimal":
            return f"try_cast(plain_number({text}) as {c.duckdb_type})"
        case "integer":
            return f"try_cast(whole_number({text}) as {c.duckdb_type})"
        case "date":
            return f"iso_date({text})"
        case "yes_no" | "one_two" | "synthetic_mark":
            return f"{c.normaliser}({text})"
        case "document_number" | "region_code":
            normal = f"{c.normaliser}({text})"
        case _:
            raise ValueError(f"column {c.name}: unknown normaliser {c.normaliser}")
    return f"case when k_{c.name} then r_{c.name} else {normal} end" if _canonical(c) else normal


def faults(c: Column) -> list[tuple[str, str]]:
    """(SQL condition, reason code) of one column, the first that holds counts. A null condition is no fault."""
    text, typed_value = f"t_{c.name}", f"v_{c.name}"
    found = []
    if c.normaliser not in ("text", "lower", "code", "synthetic_mark"):
        found.append((f"{text} is not null and {typed_value} is null", BAD_VALUE.get(c.normaliser, "bad_pattern")))
    if c.required:
        found.append((f"{typed_value} is null", "missing_value"))
    if c.pattern:
        matches = f"not regexp_matches({typed_value}, {literal(c.pattern)})"
        found.append((f"case when k_{c.name} then false else {matches} end" if _canonical(c) else matches,
                      "bad_pattern"))
    if c.allowed:
        choices = ", ".join(literal(choice) for choice in c.allowed)
        found.append((f"{typed_value} not in ({choices})", "not_in_list"))
    if c.minimum is not None:
        found.append((f"{typed_value} < {c.minimum}", "out_of_range"))
    if c.maximum is not None:
        found.append((f"{typed_value} > {c.maximum}", "out_of_range"))
    return found


def reason_code(c: Column) -> str:
    """SQL of the reason code of one column, null where nothing is wrong."""
    cases = " ".join(f"when {condition} then {literal(code)}" for condition, code in faults(c))
    return f"case {cases} end" if cases else "null"


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def _canonical(c: Column) -> bool:
    return bool(c.pattern and c.normaliser != "lower" and CANONICAL.fullmatch(c.pattern))


def _tidy(c: Column, white_space: tuple[str, ...]) -> str:
    """SQL of a cell trimmed, with inner white space as single blanks; null where it is empty or a dash."""
    raw = f"r_{c.name}"
    double = [f"contains({raw}, '  ')"] if "  " in white_space else []
    blanks = " or ".join([f"starts_with({raw}, ' ')", f"ends_with({raw}, ' ')", *double])
    untidy = " or ".join([f"contains({raw}, ' ') and ({blanks})",
                          *(f"contains({raw}, {literal(blank)})" for blank in white_space if blank != "  ")])
    in_order = f"when k_{c.name} then {raw} " if _canonical(c) else ""
    return f"case {in_order}when {untidy} then slow_tidy({raw}) when {raw} in ('', '-') then null else {raw} end"
