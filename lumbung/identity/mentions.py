"""Mentions: what one load says of one party. Read once from a batch's Parquet and kept in the restricted zone.

A day then costs its own batches; what is kept may be deleted at any time and is made again.
"""

from pathlib import Path

import duckdb

from lumbung.contracts import Contract, contracts
from lumbung.identity import kept
from lumbung.lake.home import Home

COLUMNS = {"load_id": "VARCHAR", "party_key": "VARCHAR", "is_synthetic": "BOOLEAN", "name": "VARCHAR",
           "owner": "VARCHAR", "npwp": "VARCHAR", "nib": "VARCHAR", "nik": "VARCHAR", "phones": "VARCHAR[]",
           "regions": "VARCHAR[]", "products": "VARCHAR[]"}
# Told of a party by name alone; numbers are what the key is made of. First come, first taken.
OWNER = "owner_name"
PHONES = ("phone", "other_phones")
PRODUCTS = ("products", "product_description", "item_description")
# Of an exporter with no region of its own, where its goods come from.
OTHER_REGIONS = {"exporter_": ("region_code", "origin_region_code")}
OWNERS = "producers"         # party keys of the owners in the JSON list of the personal column they are made from


def gather(con: duckdb.DuckDBPyConnection, home: Home, pinned: list[dict]) -> None:
    """Make the table `mentions` (COLUMNS) of the pinned loads; batches not read before are read now."""
    shape = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    con.execute(f"CREATE TABLE mentions ({shape})")
    paths = [path for feed, batch in sorted({(load["feed"], load["batch_id"]) for load in pinned})
             if (path := _kept(con, home, feed, batch)) is not None]
    if not paths:
        return
    con.execute("CREATE TABLE pinned AS SELECT unnest(?::VARCHAR[]) AS load_id", [[p["load_id"] for p in pinned]])
    con.execute("INSERT INTO mentions SELECT * FROM read_parquet(?) SEMI JOIN pinned USING (load_id)",
                [[str(path) for path in paths]])


def _kept(con: duckdb.DuckDBPyConnection, home: Home, feed: str, batch: str) -> Path | None:
    """The Parquet of a batch's mentions; None for a feed that names no party, or one without its raw rows."""
    contract, source = contracts()[feed], home.raw / feed / f"{batch}.parquet"
    target = kept.folder(home) / "mentions" / feed / f"{batch}-{contract.version}.parquet"
    if target.is_file():
        return target
    if not contract.pseudonyms or not source.is_file():
        return None
    there = {name for name, *_ in con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(source)]).fetchall()}
    queries = [_of_owners() if party == OWNERS else _of_party(contract, party, there)
               for party in contract.pseudonyms if party in there]
    kept.keep(con, f"{' UNION ALL '.join(queries)} ORDER BY ALL", target, {"source": str(source)})
    return target


def _of_party(contract: Contract, party: str, there: set[str]) -> str:
    """SQL of what rows say of one of their parties, each thing once a load."""
    prefix = party.removesuffix("party_key")
    kinds = {column.identifier_kind: column.name for column in contract.pseudonyms[party]}
    own = {kind: _text(name, there) for kind in ("name", "npwp", "nib", "nik") for name in [kinds.get(kind)]}
    is_only = len(contract.pseudonyms) == 1
    owner = _text(OWNER if is_only else None, there)
    phones = _list(PHONES if is_only else (), there)
    regions = _list([f"{prefix}region_code", *OTHER_REGIONS.get(prefix, ())], there)
    products = _list([_present(PRODUCTS, there)] if _present(PRODUCTS, there) else (), there)
    return f"""
        SELECT load_id, {party} AS party_key, coalesce(is_synthetic, false) AS is_synthetic, {own['name']} AS name,
               {owner} AS owner, {own['npwp']} AS npwp, {own['nib']} AS nib, {own['nik']} AS nik,
               {_gathered(phones)} AS phones, {_gathered(regions)} AS regions, {_gathered(products)} AS products
        FROM read_parquet($source) WHERE {party} IS NOT NULL GROUP BY ALL"""


def _of_owners() -> str:
    """SQL of the owners of declared items: the n-th of the list has the n-th party key."""
    return f"""
        SELECT load_id, split_part(split_part({OWNERS}, ';', number), ':', 1) AS party_key,
               coalesce(is_synthetic, false) AS is_synthetic, trim(told.name) AS name, NULL AS owner,
               nullif(regexp_replace(told.npwp, '[^0-9]', '', 'g'), '') AS npwp,
               nullif(regexp_replace(told.nib, '[^0-9]', '', 'g'), '') AS nib, NULL AS nik,
               []::VARCHAR[] AS phones, {_gathered('[origin_region_code]')} AS regions,
               {_gathered('[item_description]')} AS products
        FROM (
            SELECT *, unnest(from_json(owners, '[{{"npwp": "VARCHAR", "nib": "VARCHAR", "name": "VARCHAR"}}]')) AS told,
                   generate_subscripts(from_json(owners, '["JSON"]'), 1) AS number
            FROM read_parquet($source) WHERE {OWNERS} IS NOT NULL AND json_valid(owners))
        WHERE split_part(split_part({OWNERS}, ';', number), ':', 1) <> '' GROUP BY ALL"""


def _text(name: str | None, there: set[str]) -> str:
    return f"nullif(trim({name}), '')" if name in there else "NULL::VARCHAR"


def _present(names: tuple[str, ...], there: set[str]) -> str | None:
    return next((name for name in names if name in there), None)


def _list(names, there: set[str]) -> str:
    return "[" + ", ".join(name for name in names if name in there) + "]::VARCHAR[]"


def _gathered(texts: str) -> str:
    return f"list_sort(list_distinct(list_filter(flatten(list(DISTINCT {texts})), lambda x: x IS NOT NULL)))"
