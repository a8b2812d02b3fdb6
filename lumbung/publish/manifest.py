"""The manifest of a release: what it was made of, what was checked, and the hash of every file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import duckdb

from lumbung.publish.marts import Mart
from lumbung.publish.reading import Release

MANIFEST_VERSION = 1
STEPS = ("raw", "staging", "marts")
# Values of failing rows stay with the run: a manifest travels further than a gate's results.
CHECK_KEYS = ("suite", "table", "expectation", "column", "severity", "unexpected_count", "reason")


def describe(*, release_id: str, run_id: str, run_time: datetime, code_version: str, pinned: list[dict],
             gates: list[dict], decisions: Sequence[dict], identity: Mapping[str, str | int] | None,
             stated: Mapping[str, object], rules: list[dict], tables: list[Mart], quality: list[Mart],
             files: list[dict], content: str, before: Release | None) -> dict:
    """The manifest as a dict that JSON can hold. The only place in a release where a time stands.

    `stated` is what else it says, by key: what the run went by that this room knows nothing of.
    """
    rows: dict[str, int] = {}
    for file in files:
        table = file["path"].split("/")[2].removesuffix(".parquet")
        rows[table] = rows.get(table, 0) + file["rows"]
    return {
        "manifest_version": MANIFEST_VERSION,
        "release_id": release_id,
        "run_id": run_id,
        "run_time": f"{run_time:%Y-%m-%dT%H:%M:%SZ}",
        "code_version": code_version,
        "written_with": f"duckdb {duckdb.__version__}",
        "content_hash": content,
        "previous": before.id if before else None,
        "rules": rules,
        "gates": [_gate(step, [g for g in gates if g["step"] == step])
                  for step in sorted({g["step"] for g in gates}, key=lambda step: (STEPS.index(step), step))],
        "tables": {m.name: {"rows": rows[m.name], "grain": list(m.grain), "month": m.month or None,
                            "trace": list(m.trace)} for m in tables},
        "quality": {m.name: {"rows": rows[m.name], "grain": list(m.grain)} for m in quality},
        "loads": [{**_load(load), "published_since": load.get("published_since") or f"{run_time:%Y-%m-%dT%H:%M:%SZ}"}
                  for load in sorted(pinned, key=lambda load: load["load_id"])],
        "decisions": list(decisions),
        "identity": dict(identity) if identity else None,
        **stated,
        "files": list(files),
    }


def published_since(release: Release | None) -> dict[tuple[str, str, str], str]:
    """Since when each file has been in every release up to this one, by feed, agency and sha256."""
    loads = release.manifest["loads"] if release else []
    return {(load["feed"], load["agency"], load["sha256"]): load.get("published_since") or release.manifest["run_time"]
            for load in loads}


def rules(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    """The ranking rules the marts were made by (`seeds.ranking_rules`), amounts and dates as text."""
    known = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'build' AND schema_name = 'seeds' "
        "AND table_name = 'ranking_rules'").fetchone()[0]
    if not known:
        return []
    result = connection.execute("SELECT * FROM build.seeds.ranking_rules ORDER BY ALL")
    names = [column[0] for column in result.description]
    return [{name: str(value) if isinstance(value, Decimal | date) else value
             for name, value in zip(names, row, strict=True)} for row in result.fetchall()]


def _load(load: dict) -> dict:
    kept = {key: load[key] for key in ("load_id", "feed", "agency", "file_name", "sha256", "contract_version")}
    return {**kept, "landed_at": load.get("landed_at") or None,
            "rows": load["rows"] if "rows" in load else load["rows_accepted"]}


def _gate(step: str, results: list[dict]) -> dict:
    """All results of one step (gate raw gives one a batch) as one: how many checks, and which did not hold."""
    checks = [check for result in results for check in result.get("checks", [])]
    failed = [{**{key: check.get(key) for key in CHECK_KEYS}, "load_ids": check.get("load_ids") or []}
              for check in checks if not check["success"]]
    failed.sort(key=lambda check: [str(check[key]) for key in CHECK_KEYS])
    return {"step": step, "passed": all(result["passed"] for result in results),
            "checks": len(checks), "failed": failed, "results": _results(checks)}


def _results(checks: list[dict]) -> list[dict]:
    """What came of each check: how often it was made (once a batch in gate raw), how often it did not hold."""
    about = CHECK_KEYS[:CHECK_KEYS.index("unexpected_count")]
    found: dict[tuple, list[dict]] = {}
    for check in checks:
        found.setdefault(tuple(check.get(key) for key in about), []).append(check)
    return [{**dict(zip(about, key, strict=True)), "times": len(same), "failed": sum(not c["success"] for c in same),
             "unexpected_count": sum(c.get("unexpected_count") or 0 for c in same)}
            for key, same in sorted(found.items(), key=lambda item: [str(part) for part in item[0]])]
