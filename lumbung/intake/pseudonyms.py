"""Party keys: HMACs of identifiers, made here in Python so that no SQL ever holds the key."""

import duckdb
import pyarrow as pa

from lumbung.contracts import Column, Contract
from lumbung.errors import LumbungError
from lumbung.privacy import keys

# Normalisers that leave nothing but digits.
DIGITS = ("digits", "npwp", "nib", "nik")


def text_sql(columns: tuple[Column, ...]) -> str:
    """SQL of the text a party key is made from: kind and value of the surest identifier of a typed row."""
    # Not coalesce(): DuckDB works out all of its arguments, and the name needs regular expressions.
    cases = " ".join(f"when {value} is not null then '{c.identifier_kind}:' || {value}"
                     for c in columns for value in [_normalised(c)])
    return f"case {cases} end"


def make(con: duckdb.DuckDBPyConnection, contract: Contract, rows: str) -> list[str]:
    """Make a table `keys_<party key>` (text, party_key) for each party key of the contract over `rows`.

    Returns the names of the party keys. Raises LumbungError when real data come without a key of one's own.
    """
    names = list(contract.pseudonyms)
    key = keys.own_key()
    for name in names:
        text = text_sql(contract.pseudonyms[name])
        con.execute(f"create or replace temp table texts as select {text} as text, "
                    f"bool_and(is_synthetic) as made_up from {rows} group by 1 having text is not null")
        if key is None and con.execute("select count(*) from texts where not made_up").fetchall()[0][0]:
            raise LumbungError(
                "These files name real businesses, and there is no key to make their pseudonyms with.",
                where=f"feed {contract.feed}, column {name}",
                todo=keys.HOW_TO_MAKE)
        texts = con.sql("select text from texts order by text").to_arrow_table().column("text")
        made = pa.array([keys.party_key(key or keys.DEMO_KEY, text) for text in texts.to_pylist()], pa.string())
        con.register("made", pa.table({"text": texts, "party_key": made}))
        con.execute(f"create or replace temp table keys_{name} as select * from made")
        con.unregister("made")
    return names


def _normalised(c: Column) -> str:
    if c.identifier_kind == "name":
        # Two firms of one name in two cities are two parties; resolution may still find that they are one.
        return " || ".join([_letters(c.name), *(f"'|' || coalesce({_letters(other)}, '')" for other in c.tells_apart)])
    return c.name if c.normaliser in DIGITS else f"only_digits({c.name})"


def _letters(column: str) -> str:
    letters = rf"regexp_replace({column}, '[^\p{{L}}\p{{N}} ]+', '', 'g')"
    return rf"nullif(trim(upper(regexp_replace({letters}, ' +', ' ', 'g'))), '')"
