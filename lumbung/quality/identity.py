"""Who is who against the answer key of a made-up inbox: pairs of parties that are one business, and those found so."""

import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung import flow, transform
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.sample import DIFFICULTIES

RUN = "quality-identity"
PARTY_KEYS = {"business": "party_key", "exporter": "exporter_party_key", "maker": "maker_party_key"}
EXAMPLES = 3          # pairs shown a difficulty

# The owners of an item stand in one text, `key:value;key:value`, in their order.
OF_OWNER = "split_part(split_part(r.producers, ';', k.place::INTEGER), ':', 1)"

# A unit is a party key with the business it truly stands for; one that stands for two is two units. How hard it is to
# find is told by the easiest way in which the party is named.
UNITS = """
CREATE TABLE unit AS
SELECT party_key, business_id, arg_min(name, rank) AS name, min(rank) AS rank, count(*) AS mentions,
       any_value(coalesce(p.ikm_id, party_key)) AS ikm_id
FROM (SELECT m.*, list_position(?, difficulty) AS rank FROM mention m)
     LEFT JOIN read_parquet(?) p USING (party_key)
GROUP BY party_key, business_id
"""

# Both ends of a pair, once: of the truth, and of what was found. The harder end says how hard the pair is.
PAIRS = """
CREATE TABLE pair AS
SELECT a.name AS one, b.name AS other, greatest(a.rank, b.rank) AS rank, a.mentions * b.mentions AS mentions,
       a.business_id = b.business_id AS is_true, a.ikm_id = b.ikm_id AS is_found
FROM unit a JOIN unit b ON a.{by} = b.{by} AND (a.party_key, a.business_id) < (b.party_key, b.business_id)
"""


def measure_identity(home: Home, key: list[dict[str, str]]) -> dict:
    """Resolve what a home has taken in, and compare with `key`, the lines of answer_key/identity.csv.

    Returns plain values. `identity_precision` and `identity_recall` are of pairs of distinct party keys; the counts
    behind them are `identity_pairs` (true ones), `identity_found` and `identity_right` (found and true). With
    `_mentions` after the name: of pairs of mentions, those of one and the same party key among them.
    `identity_by_difficulty` has a line a difficulty, with examples of what was missed and what was joined wrongly;
    `identity_parties`, `identity_businesses`, `identity_open_reviews` (pairs that wait for a person) and
    `identity_seconds` (what resolving took) tell of the run. Raises LumbungError when resolving fails.
    """
    flow.pin(home, RUN, datetime.now(UTC))
    began = time.perf_counter()
    counts = flow.resolve(home, RUN)
    seconds = time.perf_counter() - began
    with duckdb.connect() as con:
        known, unknown = _mentions(con, home, key)
        con.execute(UNITS, [list(DIFFICULTIES), str(transform.parties_path(home, RUN))])
        figures = _figures(con)
    return figures | {"identity_mentions": known, "identity_mentions_not_taken_in": unknown,
                      "identity_parties": counts["parties"], "identity_businesses": counts["businesses"],
                      "identity_open_reviews": counts["open_pairs"], "identity_seconds": round(seconds, 1)}


def _mentions(con: duckdb.DuckDBPyConnection, home: Home, key: list[dict[str, str]]) -> tuple[int, int]:
    """Make the table `mention` (party_key, name, business_id, difficulty); returns how many lines of the key have
    their party, and how many have none."""
    loads = {(load.feed, load.agency, load.file_name): load for load in ledger.loads(home).values()}
    lines: dict[tuple[str, str], list[dict]] = {}
    for line in key:
        if load := loads.get((line["feed"], line["agency"], line["file_name"])):
            lines.setdefault((line["feed"], line["role"]), []).append({
                "load_id": load.load_id, "batch": load.batch_id, "row_number": int(line["row_number"]),
                "place": int(line["place"] or 0), "business_id": line["business_id"],
                "difficulty": line["difficulty"]})
    con.execute("CREATE TABLE mention (party_key VARCHAR, name VARCHAR, business_id VARCHAR, difficulty VARCHAR)")
    for (feed, role), told in sorted(lines.items()):
        files = sorted({str(home.raw / feed / f"{line['batch']}.parquet") for line in told})
        files = [file for file in files if Path(file).is_file()]
        columns = _columns(con, files)
        party = OF_OWNER if role == "owner" else f"r.{PARTY_KEYS[role]}"
        if not files or (role == "owner" and "producers" not in columns):
            continue
        name = "json_extract_string(r.owners, '$[' || (k.place - 1) || '].name')" if role == "owner" else (
            f"r.{role}_name")
        con.register("line", pa.Table.from_pylist(told))
        con.execute(f"""INSERT INTO mention SELECT {party}, {name}, k.business_id, k.difficulty
                        FROM line k JOIN read_parquet(?, union_by_name = true) r USING (load_id, row_number)
                        WHERE nullif({party}, '') IS NOT NULL""", [files])
        con.unregister("line")
    known = con.execute("SELECT count(*) FROM mention").fetchone()[0]
    return known, len(key) - known


def _columns(con: duckdb.DuckDBPyConnection, files: list[str]) -> set[str]:
    if not files:
        return set()
    return {name for name, *_ in con.execute("DESCRIBE SELECT * FROM read_parquet(?, union_by_name = true)",
                                             [files]).fetchall()}


def _figures(con: duckdb.DuckDBPyConnection) -> dict:
    con.execute(PAIRS.format(by="business_id"))
    missed = con.execute("SELECT rank, list({'one': one, 'other': other} ORDER BY one, other)[:?] FROM pair "
                         "WHERE NOT is_found GROUP BY rank", [EXAMPLES]).fetchall()
    true = con.execute("SELECT rank, count(*), count(*) FILTER (is_found) FROM pair GROUP BY rank").fetchall()
    weighed = con.execute("SELECT coalesce(sum(mentions), 0)::BIGINT, "
                          "coalesce(sum(mentions) FILTER (is_found), 0)::BIGINT FROM pair").fetchone()
    same = con.execute("SELECT coalesce(sum(mentions * (mentions - 1) // 2), 0)::BIGINT FROM unit").fetchone()[0]
    con.execute("DROP TABLE pair")
    con.execute(PAIRS.format(by="ikm_id"))
    wrong = con.execute("SELECT rank, count(*), list({'one': one, 'other': other} ORDER BY one, other)[:?] FROM pair "
                        "WHERE NOT is_true GROUP BY rank", [EXAMPLES]).fetchall()
    wrong_mentions = con.execute(
        "SELECT coalesce(sum(mentions), 0)::BIGINT FROM pair WHERE NOT is_true").fetchone()[0]
    pairs, right, errors = (sum(row[1] for row in true), sum(row[2] for row in true), sum(row[1] for row in wrong))
    of_rank = {rank: (there, found) for rank, there, found in true}
    bad = {rank: (count, shown) for rank, count, shown in wrong}
    lines = []
    for rank, difficulty in enumerate(DIFFICULTIES, start=1):
        there, found = of_rank.get(rank, (0, 0))
        errors_here, shown = bad.get(rank, (0, []))
        if there or errors_here:
            lines.append({"difficulty": difficulty, "pairs": there, "right": found, "wrong": errors_here,
                          "recall": _share(found, there), "precision": _share(found, found + errors_here),
                          "missed": dict(missed).get(rank, []), "joined_wrongly": shown})
    return {
        "identity_precision": _share(right, right + errors), "identity_recall": _share(right, pairs),
        "identity_pairs": pairs, "identity_found": right + errors, "identity_right": right,
        "identity_precision_mentions": _share(weighed[1] + same, weighed[1] + same + wrong_mentions),
        "identity_recall_mentions": _share(weighed[1] + same, weighed[0] + same),
        "identity_pairs_mentions": weighed[0] + same, "identity_by_difficulty": lines}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 1.0
