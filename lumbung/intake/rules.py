"""The rules of a contract as DuckDB SQL: source text -> typed value -> what is wrong with it.

Each source column goes through four names: `r_<column>` as it came, `k_<column>` whether that already has the form the
contract asks for, `t_<column>` tidied, `v_<column>` typed. Amounts are cast from text to DECIMAL at once and never pass
through DOUBLE.

What a column can't read this way may still be read the long way, by `odd`: then `o_<column>` is what that gave.

Nearly every cell of a big file is in order as it stands, and a regular expression or trim() over each costs more than
parsing the file. So each rule first asks something cheap, and only a cell that fails it goes the long way.
"""

import functools
import re

import duckdb

from lumbung.contracts import Column, Contract
from lumbung.intake.values.cells import NOTHING_WORDS
from lumbung.intake.values.countries import country_codes
from lumbung.intake.values.owners import IN_ORDER as OWNERS
from lumbung.intake.values.regions import known_codes

BAD_VALUE = {"decimal": "bad_number", "integer": "bad_number", "number_id": "bad_number", "integer_id": "bad_number",
             "date": "bad_date", "date_range": "bad_date", "month": "bad_date", "owners": "bad_owners",
             "yes_no": "bad_yes_no", "one_two": "bad_yes_no"}
NO_FAULT = ("text", "lower", "code", "synthetic_mark")

# White space that makes a cell untidy. A reader that knows a file has none of some kind says so.
WHITE_SPACE = ("  ", "\t", "\n", "\r", "\u00a0")

# A pattern that only letters, digits, dots, slashes and dashes can match: what matches it needs no normalising.
CANONICAL = re.compile(r"\^(?:\\d|\\\.|\[[A-Z0-9-]+\]|[/-]|\{\d+\}|[()?+])+\$")

MACROS = r"""
create macro something(x) as
    case when strlen(x) > LONGEST then x when list_contains([NOTHING], lower(x)) then null else x end;
create macro may_be_nothing(x) as unicode(x) in (-1, STARTS);
create macro slow_tidy(x) as something(nullif(trim(regexp_replace(x, '[\s\x{A0}]+', ' ', 'g')), ''));
create macro only_digits(x) as
    case when regexp_matches(x, '^[0-9]+$') then x else nullif(regexp_replace(x, '[^0-9]', '', 'g'), '') end;
create macro document_number(x) as nullif(upper(translate(x, '-–— .', '')), '');
create macro region_code(x) as
    case when strlen(x) = 4 and not contains(x, '.') then left(x, 2) || '.' || right(x, 2) else x end;
create macro exact_number(x, places) as
    case when contains(x, 'e') or contains(x, 'E') or contains(x, '_') then null
         when x[-1 - places] = '.' or not contains(x, '.') or strlen(x) - instr(x, '.') <= places then x
         when strlen(rtrim(x, '0')) - instr(x, '.') <= places then x end;
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
create macro phone(x) as case when regexp_matches(x, '^\+62[1-9][0-9]{7,11}$') then x end;
create macro month(x) as case when regexp_matches(x, '^[12][0-9]{3}-(0[1-9]|1[0-2])$') then x end;
create macro npwp(x) as
    case when regexp_matches(x, '^0?[0-9]{15}$') and x not in (repeat('0', 15), repeat('0', 16)) then x end;
create macro nib(x) as case when regexp_matches(x, '^[0-9]{13}$') and x <> repeat('0', 13) then x end;
create macro nik(x) as case when false then x end;
create macro hs(x) as case when regexp_matches(x, '^([0-9]{2}){2,5}$') then x end;
create macro one_two(x) as case x when '1' then true when '2' then false end;
"""


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Define the normalisers as macros.

    A place in a result is a row number here. DuckDB makes a join of IN and list_contains() with five constants or more,
    and a join gives rows in any order: so that rewrite is switched off.
    """
    con.execute("set disabled_optimizers = 'in_clause'")
    words = [word for word in NOTHING_WORDS if word]
    starts = {letter for word in words for letter in (word[0], word[0].upper())}
    con.execute(MACROS.replace("LONGEST", str(max(len(word.encode()) for word in words)))
                .replace("NOTHING", ", ".join(literal(word) for word in words))
                .replace("STARTS", ", ".join(str(ord(start)) for start in sorted(starts))))


def typed(contract: Contract, source: str, white_space: tuple[str, ...] = WHITE_SPACE,
          odd: frozenset[str] = frozenset(), looked_up=lambda sql: sql) -> str:
    """SQL of `source` (with its `r_` columns, `line` and `line_code`) plus `k_`, `t_`, `v_` and `state`.

    `state` is 0 for a row that keeps the contract, 1 for one that breaks it, 2 for a blank one.
    `white_space` is what untidy cells may contain. `odd` names the columns for which `looked_up`, given SQL of the
    tidied rows, adds `o_`.
    """
    columns = contract.columns
    values = ", ".join(f"{_value(contract, c, odd)} as v_{c.name}" for c in columns)
    blank = "coalesce(" + ", ".join(f"t_{c.name}" for c in columns) + ") is null"
    broken = " or ".join(f"coalesce({condition}, false)" for c in columns for condition, _ in faults(c, odd))
    return f"""(
        select *, case when line_code = 'blank' then 2 when line is not null then 1
                       when {blank} then 2 when {broken} then 1 else 0 end::utinyint as state
        from (select *, {values} from {looked_up(tidied(contract, source, white_space))}))"""


def tidied(contract: Contract, source: str, white_space: tuple[str, ...] = WHITE_SPACE) -> str:
    """SQL of `source` plus `k_` and `t_`."""
    forms = "".join(f", coalesce(regexp_matches({raw(c)}, {literal(form)}), false) as k_{c.name}"
                    for c in contract.columns if (form := _form(c)))
    cells = ", ".join(f"{_tidy(c, white_space)} as t_{c.name}" for c in contract.columns)
    return f"(select *, {cells} from (select *{forms} from {source}))"


def raw(c: Column) -> str:
    """SQL of the cell a column is read from."""
    return f"coalesce(r_{c.name}, r_{c.made_from})" if c.made_from and not c.part else f"r_{c.name}"


def _value(contract: Contract, c: Column, odd: frozenset[str]) -> str:
    """SQL of the typed value with what was read the long way: from the column's own cell, or its part of another."""
    quick = value(c)
    if c.name in odd:
        quick = f"case when o_{c.name} is not null then try_cast(o_{c.name}.value as {c.duckdb_type}) else {quick} end"
    if not c.part:
        return quick
    parts = []
    if c.made_from in odd:
        parts.append(f"try_cast(o_{c.made_from}.{c.part} as {c.duckdb_type})")
    if c.part == "precision":
        # Read the long way, a cell may hold a word for nothing: there is no number then that could be exact.
        said = f" and (o_{c.made_from} is null or o_{c.made_from}.value is not null)" if c.made_from in odd else ""
        parts.append(f"case when t_{c.made_from} is not null{said} then 'exact' end")
    return f"coalesce({', '.join([quick, *parts])})" if parts else quick


def value(c: Column) -> str:
    """SQL of the typed value of one column, the short way; null where there is none or it can't be typed so."""
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
            exact = f"case when k_{c.name} then {raw(c)} else exact_number({text}, {places(c)}) end"
            return f"try_cast({exact} as {c.duckdb_type})"
        case "integer":
            return f"try_cast(whole_number({text}) as {c.duckdb_type})"
        case "number_id":
            return f"case when regexp_matches({text}, '^[+-]?[0-9]+$') then try_cast({text} as {c.duckdb_type}) end"
        case "integer_id":
            return f"case when regexp_matches({text}, '^[0-9]{{1,18}}$') then try_cast({text} as {c.duckdb_type}) end"
        case "date" | "date_range":
            return f"iso_date({text})"
        case "products" | "people":
            marks = r"[;,/&\n\r•*]|\b(dan|and)\b|^[0-9-]"
            return f"case when not regexp_matches(lower({raw(c)}), {literal(marks)}) then {text} end"
        case "country" | "owners":
            normal = "null"
        case "region" if c.region_list == "bps":
            normal = "null"
        case "region":
            return (f"case when k_{c.name} then region_code({raw(c)}) "
                    f"when regexp_matches({text}, {literal(_form(c))}) then region_code({text}) end")
        case "phone" | "month" | "npwp" | "nib" | "nik" | "hs":
            normal = f"{c.normaliser}({text})"
        case "yes_no" | "one_two" | "synthetic_mark":
            return f"{c.normaliser}({text})"
        case "document_number" | "region_code":
            normal = f"{c.normaliser}({text})"
        case _:
            raise ValueError(f"column {c.name}: unknown normaliser {c.normaliser}")
    return f"case when k_{c.name} then {raw(c)} else {normal} end" if _form(c) else normal


def places(c: Column) -> int:
    """How many decimals a column holds; that of a type which does not say so is the most there may be."""
    if found := re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", c.duckdb_type):
        return int(found[1])
    return 0 if c.duckdb_type.endswith("INT") or c.duckdb_type == "INTEGER" else 38


def faults(c: Column, odd: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """(SQL condition, SQL of the reason code) of one column, the first that holds counts. A null condition is none."""
    return [*_unreadable(c, odd), *((condition, literal(code)) for condition, code in _forbidden(c))]


def _unreadable(c: Column, odd: frozenset[str]) -> list[tuple[str, str]]:
    if c.normaliser in NO_FAULT:
        return []
    code = literal(BAD_VALUE.get(c.normaliser, "bad_pattern"))
    untyped = f"t_{c.name} is not null and v_{c.name} is null"
    if c.name not in odd:
        return [(untyped, code)]
    return [(f"o_{c.name}.reason <> ''", f"o_{c.name}.reason"),
            (f"{untyped} and (o_{c.name} is null or o_{c.name}.value is not null)", code)]


def _forbidden(c: Column) -> list[tuple[str, str]]:
    typed_value = f"v_{c.name}"
    found = []
    if c.required:
        found.append((f"{typed_value} is null", "missing_value"))
    if c.pattern:
        matches = f"not regexp_matches({typed_value}, {literal(c.pattern)})"
        found.append((f"case when k_{c.name} then false else {matches} end" if _form(c) else matches,
                      "bad_pattern"))
    if c.allowed:
        choices = ", ".join(literal(choice) for choice in c.allowed)
        found.append((f"not list_contains([{choices}], {typed_value}::varchar)", "not_in_list"))
    if c.minimum is not None:
        found.append((f"{typed_value} < {c.minimum}", "out_of_range"))
    if c.maximum is not None:
        found.append((f"{typed_value} > {c.maximum}", "out_of_range"))
    return found


def reason_code(c: Column, odd: frozenset[str] = frozenset()) -> str:
    """SQL of the reason code of one column, null where nothing is wrong."""
    cases = " ".join(f"when {condition} then {code}" for condition, code in faults(c, odd))
    return f"case {cases} end" if cases else "null"


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


@functools.cache
def _form(c: Column) -> str:
    """A regular expression of cells that need no tidying; "" where none can be told."""
    if c.normaliser == "country":
        return "^(?:" + "|".join(country_codes()) + ")$"
    if c.normaliser == "owners":
        return OWNERS
    if c.normaliser == "region":
        if c.region_list == "bps":
            return r"^\d{2}(?:\d{2})?$"
        codes = [code for code in sorted(known_codes()) if re.search(c.pattern, code)]
        return "^(?:" + "|".join(code.replace(".", r"\.?" if len(code) == 5 else r"\.") for code in codes) + ")$"
    if c.normaliser == "decimal":
        return rf"^[0-9]+(?:\.[0-9]{{1,{places(c)}}})?$" if places(c) else "^[0-9]+$"
    return c.pattern if c.pattern and c.normaliser != "lower" and CANONICAL.fullmatch(c.pattern) else ""


def _tidy(c: Column, white_space: tuple[str, ...]) -> str:
    """SQL of a cell trimmed, with inner white space as single blanks; null where it is empty or a dash."""
    cell = raw(c)
    double = [f"contains({cell}, '  ')"] if "  " in white_space else []
    blanks = " or ".join([f"starts_with({cell}, ' ')", f"ends_with({cell}, ' ')", *double])
    untidy = " or ".join([f"contains({cell}, ' ') and ({blanks})",
                          *(f"contains({cell}, {literal(blank)})" for blank in white_space if blank != "  ")])
    in_order = f"when k_{c.name} then {cell} " if _form(c) else ""
    # Many columns are empty from top to bottom: those cells are asked nothing else.
    # A word for nothing in another kind of column can't be typed, and is then read the long way.
    nothing = (f"when may_be_nothing({cell}) then something(nullif({cell}, '')) else {cell}"
               if c.normaliser in ("text", "lower", "code", "products", "people")
               else f"when {cell} in ('', '-') then null else {cell}")
    return f"case {in_order}when {cell} is null then null when {untidy} then slow_tidy({cell}) {nothing} end"
