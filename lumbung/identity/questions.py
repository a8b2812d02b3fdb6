"""Pairs that wait for a person, with the evidence of each comparison. Kept in the restricted zone."""

import hashlib
import json
import math

import duckdb
import pyarrow as pa

from lumbung.errors import LumbungError
from lumbung.identity import registry
from lumbung.identity.clustering import Pair
from lumbung.identity.model import Model
from lumbung.identity.scoring import LEVELS
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

SIDES = ("name", "owner", "phones", "regions", "products", "numbers")


def keep(con: duckdb.DuckDBPyConnection, home: Home, model: Model, open_pairs: list[tuple[Pair, str]]) -> None:
    """Write down the open pairs of a run, the most probable first, with what their most alike records say."""
    rows = [_row(pair, why, model, evidence) for pair, why, evidence in _with_evidence(con, open_pairs)]
    write_text(_path(home), "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def open_pairs(home: Home) -> list[dict]:
    """The open pairs as the last run found them, the most probable first.

    Keys: pair_id, left, right (party keys), probability, why (as Businesses has it), evidence
    (comparison -> level and weight, a weight above 0 speaks for one business, in powers of two), and of each side
    `left_…` and `right_…`: name, owner, phones, regions, products, numbers. Personal data: mask before showing.
    """
    path = _path(home)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def named(home: Home, which: list[str]) -> list[tuple[str, str]]:
    """The (left, right) party keys of pairs: each by the beginning of its pair_id, or as `party_key:party_key`.

    Raises LumbungError for one that is not open, or not told from others, and for parties that have no business.
    """
    known, parties = open_pairs(home), registry.state(home).ikm_of
    found = []
    for text in which:
        if ":" in text:
            left, right = sorted(text.split(":", 1))
            if left == right or not {left, right} <= parties.keys():
                raise LumbungError(f"{text!r} does not name two parties.", where=str(home.identity),
                                   todo="Take party keys from bridge_party_business of a release.")
            found.append((left, right))
            continue
        fits = [row for row in known if len(text) > 3 and row["pair_id"].startswith(text)]
        if len(fits) != 1:
            raise LumbungError(f"{'No' if not fits else 'More than one'} open pair is called {text!r}.",
                               where=str(_path(home)),
                               todo="Take the id from `lumbung identity review`, or name two parties as LEFT:RIGHT.")
        found.append((fits[0]["left"], fits[0]["right"]))
    return found


def pair_id(left: str, right: str) -> str:
    """Ten letters that name a pair of parties."""
    return hashlib.sha256(f"{left}|{right}".encode()).hexdigest()[:10]


def _with_evidence(con: duckdb.DuckDBPyConnection, asked: list[tuple[Pair, str]]):
    con.register("arrived", pa.table({
        "place": pa.array(range(len(asked)), pa.int64()),
        "a": pa.array([pair.left for pair, _ in asked], pa.string()),
        "b": pa.array([pair.right for pair, _ in asked], pa.string())}))
    con.execute("""
        CREATE OR REPLACE TEMP TABLE numbered AS
        SELECT party_key, list(kind || ' ' || number ORDER BY kind, number) AS numbers FROM party_numbers GROUP BY 1""")
    levels = ", ".join(f"p.{name}" for name in LEVELS)
    side = "{s}.name, {s}.owner, {s}.phones, {s}.regions, {s}.products, coalesce(n{s}.numbers, [])"
    found = con.execute(f"""
        SELECT place, {levels}, {side.format(s='l')}, {side.format(s='r')}
        FROM arrived JOIN records l ON l.party_key = a JOIN records r ON r.party_key = b
             LEFT JOIN pairs p ON p.record_l = least(l.record_id, r.record_id)
                              AND p.record_r = greatest(l.record_id, r.record_id)
             LEFT JOIN numbered nl ON nl.party_key = a LEFT JOIN numbered nr ON nr.party_key = b
        QUALIFY row_number() OVER (PARTITION BY place ORDER BY p.probability DESC NULLS LAST, l.record_id,
                                   r.record_id) = 1 ORDER BY place""").fetchall()
    con.unregister("arrived")
    return [(asked[place][0], asked[place][1], rest) for place, *rest in found]


def _row(pair: Pair, why: str, model: Model, told: list) -> dict:
    levels, sides = told[:len(LEVELS)], told[len(LEVELS):]
    evidence = {name: {"level": level, "weight": round(math.log2(m / u), 1)}
                for name, level in zip(LEVELS, levels, strict=True) if level
                for m, u in [model.weights[name][level]]}
    return {"pair_id": pair_id(*pair.parties), "left": pair.left, "right": pair.right,
            "probability": round(pair.probability, 4), "why": why, "evidence": evidence,
            **{f"left_{name}": value for name, value in zip(SIDES, sides[:len(SIDES)], strict=True)},
            **{f"right_{name}": value for name, value in zip(SIDES, sides[len(SIDES):], strict=True)}}


def _path(home: Home):
    return home.identity_work / "open_pairs.jsonl"
