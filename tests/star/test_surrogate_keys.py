"""The macro that makes keys, as SQL: the same key everywhere, and none for two members."""

import itertools

import duckdb
import jinja2
import pytest
from star_keys import key_of

from lumbung.lake.home import PROJECT

TEXTS = [None, "", "-", "1", "11", "E", "E1", "1:E", "E1:1", "0:", "2:E1", "|", "Ünïcödé", "E1-"]


@pytest.fixture(scope="module")
def made() -> dict[tuple, int]:
    """(first text, second text) -> key, by the macro on DuckDB."""
    source = (PROJECT / "dbt_project" / "macros" / "keys.sql").read_text(encoding="utf-8")
    macros = jinja2.Environment(extensions=["jinja2.ext.do"]).from_string(source).module
    with duckdb.connect() as con:
        con.execute("create table pairs (a varchar, b varchar)")
        con.executemany("insert into pairs values (?, ?)", list(itertools.product(TEXTS, TEXTS)))
        rows = con.execute(f"select a, b, {macros.surrogate_key(['a', 'b'])} from pairs").fetchall()
    return {(a, b): key for a, b, key in rows}


def test_neither_separators_nor_empty_texts_nor_nothing_make_two_members_one(made):
    assert len(made) == len(set(made.values())) == len(TEXTS) ** 2


def test_a_key_is_60_bits_of_an_md5_that_any_engine_can_make(made):
    assert made == {texts: key_of(*texts) for texts in made}
    assert all(0 < key < 1 << 60 for key in made.values())
