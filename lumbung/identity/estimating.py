"""Estimates the model anew: weights by Splink from pairs whose numbers agree, words from the names there are.

The model in force does not change by this: the file it writes is put in its place by a person.
"""

import json
import logging
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker

from lumbung.errors import LumbungError
from lumbung.identity import mentions, model, records, resolving, scoring
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

SEED = 1945
# A word that fewer share tells who somebody is: it stays out of the file and counts as one of many `unseen`.
LEAST_SHARE, LEAST_PARTIES = 0.002, 5
LEAST_PAIRS = 200
SMALLEST = 1e-6


def estimate(home: Home, pinned: list[dict], out: Path | None = None) -> dict:
    """Write a model to `out`; returns out and counts: records, pairs (known matches), words.

    m comes from pairs of records that hold one NIB or taxpayer, u from pairs at random (seeded); a level that neither
    shows keeps the weight of the model in force, as do thresholds. Raises LumbungError where too few pairs are known.
    """
    before, out = model.load(), out or _default_out()
    with resolving.database(home) as con:
        mentions.gather(con, home, pinned)
        records.make(con, before, resolving.folder(home, before))
        scoring.prepare(con, "new_records", "")
        known = _known_pairs(con)
        if known < LEAST_PAIRS:
            raise LumbungError(f"Only {known} pairs of records hold one number; {LEAST_PAIRS} is the least.",
                               where=str(home.identity), todo="Take in more rosters and declarations first.")
        weights = _weights(con, before)
        words, unseen = _words(con)
        prior = _prior(con, known)
        told = {"weights": {name: {level: [float(f"{x:.3g}") for x in pair] for level, pair in own.items()}
                            for name, own in weights.items()},
                "words": words, "unseen": float(f"{unseen:.3g}"), "rare": before.rare,
                "prior": float(f"{prior:.3g}"), "accept": before.accept, "grey": before.grey}
        [(total,)] = con.execute("SELECT count(*) FROM records").fetchall()
    write_text(out, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return {"records": total, "pairs": known, "words": len(words), "out": str(out)}


def _known_pairs(con: duckdb.DuckDBPyConnection) -> int:
    """Make `known_matches` as Splink takes labels: records of one number that are not the same text."""
    con.execute("""
        CREATE TABLE known_matches AS
        WITH numbered AS (SELECT record_id, kind, number FROM records JOIN party_numbers USING (party_key)
                          QUALIFY count(*) OVER (PARTITION BY kind, number) <= 20)
        SELECT DISTINCT 'new_records' AS source_dataset_l, l.record_id AS record_id_l,
               'new_records' AS source_dataset_r, r.record_id AS record_id_r, 1.0 AS clerical_match_score
        FROM numbered l JOIN numbered r USING (kind, number) WHERE l.record_id < r.record_id AND kind <> 'person'""")
    return con.execute("SELECT count(*) FROM known_matches").fetchall()[0][0]


def _weights(con: duckdb.DuckDBPyConnection, before: model.Model) -> dict[str, dict[str, tuple[float, float]]]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(con)
    linker = Linker(api.register("new_records"), scoring.settings(before), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    linker.training.estimate_m_from_pairwise_labels(api.register("known_matches"))
    found: dict[str, dict[str, tuple[float, float]]] = {}
    told = linker.misc.save_model_to_json()
    for comparison, (name, conditions) in zip(told["comparisons"], scoring.LEVELS.items(), strict=True):
        own = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
        found[name] = _summing_to_one({
            level: (one.get("m_probability") or before.weights[name][level][0],
                    one.get("u_probability") or before.weights[name][level][1])
            for level, one in zip(conditions, own, strict=True)})
    return found


def _summing_to_one(levels: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    total = [sum(max(SMALLEST, pair[side]) for pair in levels.values()) for side in (0, 1)]
    return {level: tuple(max(SMALLEST, pair[side]) / total[side] for side in (0, 1))
            for level, pair in levels.items()}


def _words(con: duckdb.DuckDBPyConnection) -> tuple[dict[str, float], float]:
    """The share of parties that each common word names, and that of any other word, as often as it is met."""
    [(count,)] = con.execute("SELECT count(DISTINCT party_key) FROM records").fetchall()
    found = con.execute("""
        SELECT word, count(DISTINCT party_key) FROM (SELECT party_key, unnest(name_words) AS word FROM records)
        GROUP BY word ORDER BY word""").fetchall()
    least = max(LEAST_PARTIES, LEAST_SHARE * count)
    rest = [parties for _, parties in found if parties < least]
    unseen = sum(n * n for n in rest) / max(1, sum(rest)) / count
    return {word: float(f"{parties / count:.3g}") for word, parties in found
            if parties >= least}, max(unseen, SMALLEST)


def _prior(con: duckdb.DuckDBPyConnection, known: int) -> float:
    """Known matches among all pairs, as if they were half of the true ones: the others hold no number."""
    [(total,)] = con.execute("SELECT count(*) FROM records").fetchall()
    return 2 * known / max(1, total * (total - 1) / 2)


def _default_out() -> Path:
    path = model.model_path()
    return path.with_name(f"{path.stem}.estimated{path.suffix}")
