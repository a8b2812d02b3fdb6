"""From the pinned loads to the businesses behind their parties."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lumbung.errors import LumbungError
from lumbung.identity import decisions, kept, mentions, model, questions, records, registry, scoring
from lumbung.identity.clustering import Businesses, Clustering, Pair
from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home


def resolve(home: Home, run_id: str, pinned: list[dict], target: Path) -> dict:
    """Find the business of every party that the pinned loads name, and write `target` (a Parquet, a row a party).

    Columns: party_key, ikm_id, resolved_by, is_identified, has_open_review. Ids come from the registry, which gets
    events for what is new, merged or split. Pairs that wait for a person are kept for review. Called again it gives
    the same. Returns counts (parties, businesses, open_pairs, records_scored: new ones) and made_of (see `standing`).
    """
    frozen, decided = model.load(), decisions.event_files(home)      # what comes later is the next run's
    with database(home) as con:
        mentions.gather(con, home, pinned)
        records.make(con, frozen, folder(home, frozen))
        scored = scoring.score(con, frozen, folder(home, frozen))
        found = _businesses(con, frozen, decisions.standing(home, decided))
        questions.keep(con, home, frozen, found.open_pairs)
    ids = registry.assign(home, run_id, found.group_of)
    asked = {ids[party] for pair, _ in found.open_pairs for party in pair.parties}
    parties = sorted(ids)
    with written_aside(target) as aside:
        pq.write_table(pa.table({
            "party_key": pa.array(parties, pa.string()), "ikm_id": pa.array([ids[p] for p in parties], pa.string()),
            "resolved_by": pa.array([found.how[p] for p in parties], pa.string()),
            "is_identified": pa.array([found.is_identified[p] for p in parties], pa.bool_()),
            "has_open_review": pa.array([ids[p] in asked for p in parties], pa.bool_())}), aside)
    return {"parties": len(parties), "businesses": len(set(ids.values())), "open_pairs": len(found.open_pairs),
            "records_scored": scored, "made_of": _made_of(home, decided, frozen)}


def standing(home: Home) -> dict[str, str | int]:
    """What ids depend on beside landing and ledger, as it is now.

    `registry_files` and `decision_files` (how many), `events_sha256` over them, `model` (its digest).
    """
    return _made_of(home, decisions.event_files(home), model.load())


def files_made_of(home: Home, made_of: Mapping[str, str | int]) -> list[Path]:
    """The event files that ids of a run were made of, as `standing` told it then.

    Raises LumbungError where they are not there as they were.
    """
    issued = registry.event_files(home)[:made_of["registry_files"]]
    decided = decisions.event_files(home)[:made_of["decision_files"]]
    if _digest(home, issued, decided) != made_of["events_sha256"]:
        raise LumbungError("The registry and the decisions on businesses are not those that the release was made by.",
                           where=str(home.identity), todo="Bring them back from a backup.")
    return [*issued, *decided]


def _made_of(home: Home, decided: list[Path], frozen: model.Model) -> dict[str, str | int]:
    issued = registry.event_files(home)
    return {"registry_files": len(issued), "decision_files": len(decided),
            "events_sha256": _digest(home, issued, decided), "model": frozen.digest}


def _digest(home: Home, issued: list[Path], decided: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in [*issued, *decided]:
        digest.update(path.relative_to(home.identity).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def folder(home: Home, frozen: model.Model) -> Path:
    """What was read and compared by a model, kept for the next run."""
    return kept.folder(home) / "scored" / frozen.digest


def database(home: Home) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills into the restricted zone only."""
    spill = home.identity_work / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(spill)})
    con.execute("SET enable_progress_bar = false")
    return con


def _businesses(con: duckdb.DuckDBPyConnection, frozen: model.Model,
                decided: dict[tuple[str, str], str]) -> Businesses:
    # A party that any real row names is real, and is never one with a made-up one.
    con.execute("CREATE TABLE parties AS SELECT party_key, bool_and(is_synthetic) AS is_synthetic FROM records "
                "GROUP BY party_key")
    made_up = dict(con.execute("SELECT party_key, is_synthetic FROM parties").fetchall())
    clustering = Clustering(made_up, con.execute("""
        SELECT party_key, kind, CASE WHEN is_synthetic THEN 'buatan ' ELSE '' END || number
        FROM party_numbers JOIN parties USING (party_key)""").fetchall())
    # Two parties are as alike as their most alike records; of one name and unlike in all else they are kept apart.
    pairs = [Pair(*row) for row in con.execute("""
        SELECT least(l.party_key, r.party_key) AS one, greatest(l.party_key, r.party_key) AS two, max(probability),
               max(probability) <= coalesce(max(probability) FILTER (
                   WHERE p.name = 'same' AND p.owner = 'else' AND p.phone = 'else'), 0)
               OR max(probability) < ? AND bool_or(p.name = 'same' AND (p.owner = 'else' OR p.phone = 'else'))
        FROM pairs p JOIN records l ON record_l = l.record_id JOIN records r ON record_r = r.record_id
        WHERE l.party_key <> r.party_key GROUP BY one, two""", [frozen.grey]).fetchall()]
    decided = {pair: word for pair, word in decided.items() if len({made_up.get(party) for party in pair}) == 1}
    return clustering.businesses([p for p in pairs if made_up[p.left] == made_up[p.right]], decided, frozen.accept,
                                 frozen.grey)
