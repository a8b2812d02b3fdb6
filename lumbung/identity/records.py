"""Records: what is known of a party under one name, ready to be compared. Made of mentions, each thing once."""

from itertools import combinations
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.identity import names, numbers
from lumbung.identity.kept import keep
from lumbung.identity.model import Model

READ = {"name": "VARCHAR", "key": "VARCHAR", "words": "VARCHAR[]", "rare_words": "VARCHAR[]", "persons": "VARCHAR[]",
        "spellings": "VARCHAR[]", "frequency": "DOUBLE"}


def make(con: duckdb.DuckDBPyConnection, model: Model, folder: Path) -> None:
    """Make the tables `records` and `party_numbers` of `mentions`; `folder` keeps what was read by this model before.

    `records`: record_id (a hash of all it says, so that what it says otherwise is another record), party_key,
    is_synthetic, name, owner, and what pairs are compared by. `party_numbers`: party_key, kind (`nib`, `firm`,
    `person`), number.
    """
    con.execute("""
        CREATE TABLE told AS
        SELECT party_key, is_synthetic, name, owner,
               list_sort(list_distinct(flatten(list(phones)))) AS phones,
               list_sort(list_distinct(flatten(list(regions)))) AS regions,
               list_sort(list_distinct(flatten(list(products)))) AS stated_products
        FROM mentions GROUP BY party_key, is_synthetic, name, owner""")
    _read_names(con, model, folder)
    _read_products(con)
    con.execute("""
        CREATE TABLE records AS
        SELECT md5(concat_ws('|', party_key, is_synthetic, told.name, '', told.owner, phones::VARCHAR,
                             regions::VARCHAR, products::VARCHAR)) AS record_id,
               party_key, is_synthetic, told.name, told.owner,
               n.key AS name_key, replace(n.key, ' ', '') AS joined, n.words AS name_words, o.key AS owner_key,
               o.words AS owner_words,
               phones, list_filter(regions, lambda r: length(r) = 5) AS regions,
               list_distinct(list_transform(regions, lambda r: left(r, 2))) AS provinces, products,
               n.rare_words, n.frequency AS tf_name_key,
               coalesce(n.spellings, []) AS spellings,
               list_distinct(list_concat(coalesce(n.persons, []), coalesce(o.persons, []))) AS persons
        FROM told LEFT JOIN read_names n ON n.name = told.name LEFT JOIN read_names o ON o.name = told.owner
             JOIN read_products p USING (stated_products)
        ORDER BY record_id""")
    _read_numbers(con)


def _read_names(con: duckdb.DuckDBPyConnection, model: Model, folder: Path) -> None:
    """Make `read_names`: each written name read once by this model, and kept."""
    kept, shape = folder / "names.parquet", ", ".join(f"{name} {kind}" for name, kind in READ.items())
    con.execute(f"CREATE TABLE read_names ({shape})")
    if kept.is_file():
        con.execute("INSERT INTO read_names FROM read_parquet(?)", [str(kept)])
    written = [name for (name,) in con.execute("""
        SELECT name FROM (SELECT name FROM told UNION SELECT owner FROM told) ANTI JOIN read_names USING (name)
        WHERE name IS NOT NULL ORDER BY name""").fetchall()]
    if not written:
        return
    read = [names.read_name(name, model.words) for name in written]
    rare = [[w for w in n.words if model.is_rare(w)] for n in read]
    texts = pa.list_(pa.string())
    con.register("arrived", pa.table({
        "name": pa.array(written, pa.string()), "key": pa.array([n.key for n in read], pa.string()),
        "words": pa.array([list(n.words) for n in read], texts), "rare_words": pa.array(rare, texts),
        # The owner in place of the firm is found by two of the owner's words.
        "persons": pa.array([[" ".join(two) for two in combinations(words[:4], 2)] for words in rare], texts),
        "spellings": pa.array([sorted({s for w in words for s in names.one_letter_off(w)}) for words in rare], texts),
        "frequency": pa.array([model.frequency(n.words) for n in read], pa.float64())}))
    con.execute(f"INSERT INTO read_names SELECT {', '.join(READ)} FROM arrived")
    con.unregister("arrived")
    keep(con, "FROM read_names ORDER BY name", kept)


def _read_products(con: duckdb.DuckDBPyConnection) -> None:
    stated = [texts for (texts,) in con.execute("SELECT DISTINCT stated_products FROM told").fetchall()]
    con.register("arrived", pa.table({
        "stated_products": pa.array(stated, pa.list_(pa.string())),
        "products": pa.array([sorted({w for text in texts for w in names.words_of(text)}) for texts in stated],
                             pa.list_(pa.string()))}))
    con.execute("CREATE TABLE read_products AS FROM arrived")
    con.unregister("arrived")


def _read_numbers(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("""SELECT DISTINCT party_key, npwp, nib, nik FROM mentions
                           WHERE coalesce(npwp, nib, nik) IS NOT NULL""").fetchall()
    rows = sorted({(party, *number) for party, npwp, nib, nik in found for number in (
        numbers.taxpayer(npwp), numbers.person(nik), nib and ("nib", nib)) if number})
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    con.register("arrived", pa.table({name: pa.array(column, pa.string()) for name, column in zip(
        ("party_key", "kind", "number"), columns, strict=True)}))
    con.execute("CREATE TABLE party_numbers AS FROM arrived")
    con.unregister("arrived")
