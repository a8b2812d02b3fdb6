"""Party keys: HMACs of identifiers, made here in Python so that no SQL ever holds the key."""

import duckdb
import pyarrow as pa

from lumbung.contracts import Column, Contract
from lumbung.errors import LumbungError
from lumbung.privacy import keys

# Normalisers that leave nothing but digits.
DIGITS = ("digits", "npwp", "nib", "nik")
# What stands for an owner of whom nothing is said.
NOBODY = "unknown"


def text_sql(columns: tuple[Column, ...]) -> str:
    """SQL of the text a party key is made from: kind and value of the surest identifier of a typed row.

    Of a list of owners it is the whole list, with what tells two of one name apart before it.
    """
    # Not coalesce(): DuckDB works out all of its arguments, and the name needs regular expressions.
    cases = " ".join(f"when {value} is not null then {prefix} || {value}"
                     for c in columns for prefix, value in [(_prefix(c), _normalised(c))])
    return f"case {cases} end"


def make(con: duckdb.DuckDBPyConnection, contract: Contract, rows: str) -> list[str]:
    """Make a table `keys_<party key>` (text, party_key) for each party key of the contract over `rows`.

    Of a list of owners `party_key` is that of each with the value it declares: `p1_abc…:1234.56;p1_def…:`.
    Returns the names of the party keys. Raises LumbungError when real data come without a key of one's own.
    """
    names = list(contract.pseudonyms)
    key = keys.own_key()
    for name in names:
        made_of = contract.pseudonyms[name]
        con.execute(f"create or replace temp table texts as select {text_sql(made_of)} as text, "
                    f"bool_and(is_synthetic) as made_up from {rows} group by 1 having text is not null")
        if key is None and con.execute("select count(*) from texts where not made_up").fetchall()[0][0]:
            raise LumbungError(
                "These files name real businesses, and there is no key to make their pseudonyms with.",
                where=f"feed {contract.feed}, column {name}",
                todo=keys.HOW_TO_MAKE)
        if made_of[0].identifier_kind == "owners":
            _of_owners(con, name, key or keys.DEMO_KEY)
        else:
            con.execute(f"create or replace temp table keys_{name} as "
                        f"select * from ({_keyed(con, 'texts', key or keys.DEMO_KEY)})")
    return names


def _keyed(con: duckdb.DuckDBPyConnection, table: str, key: str) -> str:
    """SQL of the distinct texts of a table with their party keys."""
    texts = con.sql(f"select distinct text from {table} where text is not null order by text").to_arrow_table()["text"]
    made = pa.array([keys.party_key(key, text) for text in texts.to_pylist()], pa.string())
    con.register("made", pa.table({"text": texts, "party_key": made}))
    return "select text, party_key from made"


def _of_owners(con: duckdb.DuckDBPyConnection, name: str, key: str) -> None:
    """An owner's key is made of the same text as that of any other party with this number or name."""
    con.execute(f"""create or replace temp table owners as
        with taken_apart as (
            select text, split_part(text, chr(10), 1) as apart,
                   from_json(split_part(text, chr(10), 2),
                             '[{{"npwp": "VARCHAR", "nib": "VARCHAR", "name": "VARCHAR", "value": "VARCHAR"}}]') as said
            from texts),
        each_one as (
            select text as list, apart, generate_subscripts(said, 1) as place, unnest(said, recursive := true)
            from taken_apart)
        select list, place, value,
               case when npwp is not null then 'npwp:' || npwp when nib is not null then 'nib:' || nib
                    else 'name:' || {_letters('name')} || apart end as text
        from each_one""")
    con.execute(f"""create or replace temp table keys_{name} as
        select list as text, string_agg(coalesce(party_key, '{NOBODY}') || ':' || coalesce(value, ''), ';'
                                        order by place) as party_key
        from owners left join ({_keyed(con, 'owners', key)}) using (text) group by list""")


def _prefix(c: Column) -> str:
    if c.identifier_kind == "owners":
        # No JSON holds a line break but between its parts, and a typed list has none there.
        return " || ".join([*_apart(c), "chr(10)"])
    return f"'{c.identifier_kind}:'"


def _normalised(c: Column) -> str:
    if c.identifier_kind == "owners":
        return c.name
    if c.identifier_kind == "name":
        # Two firms of one name in two cities are two parties; resolution may still find that they are one.
        return " || ".join([_letters(c.name), *_apart(c)])
    return c.name if c.normaliser in DIGITS else f"only_digits({c.name})"


def _apart(c: Column) -> list[str]:
    return [f"'|' || coalesce({_letters(other)}, '')" for other in c.tells_apart]


def _letters(column: str) -> str:
    letters = rf"regexp_replace({column}, '[^\p{{L}}\p{{N}} ]+', '', 'g')"
    return rf"nullif(trim(upper(regexp_replace({letters}, ' +', ' ', 'g'))), '')"
