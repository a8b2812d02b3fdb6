"""The diagram of the star in Mermaid, drawn by dbterd from dbt's manifest and `meta: joins`."""

import contextlib
import io
import json
import re
import tempfile
from pathlib import Path

from lumbung.docs.models import Join, Model, models, published

CATALOG = {"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json"},
           "nodes": {}, "sources": {}}
EVERYWHERE = ("dim_date", "dim_source_file")
HEAD = """<!-- Made from dbt_project/models/marts/*.yml by `make docs`; change `meta: joins` there, not this page. -->

# The star

How the tables of a release hang together, drawn by [dbterd](https://github.com/datnguye/dbterd) from dbt's own
description. A line goes from the many to the one and is named after the column that joins. What each table holds is in
[marts/](marts/README.md).
"""
STAR = """
## Facts and dimensions

Left out here, since every fact has them: a day (`dim_date`) and the file it came from (`dim_source_file`).
"""
READING = """
## Marts for reading

Made of the facts, ready to be read: names, if wanted, are joined from the dimensions.
"""


def erd(manifest: dict) -> str:
    """The page of the diagrams as Markdown: the star, the marts for reading, then each fact with its columns."""
    known = models(manifest)
    dims = [m for m in known.values() if m.kind == "dim"]
    facts = [m for m in known.values() if m.kind in ("fct", "bridge")]
    reading = [m for m in known.values() if m.kind == "mart"]
    star = [m for m in (*facts, *dims) if m.name not in EVERYWHERE]
    parts = [HEAD, STAR, _drawn(manifest, star), READING, _drawn(manifest, [*reading, *_joined(reading, known)])]
    for fact in facts:
        parts += [f"\n## {fact.name}\n\n{fact.description}\n",
                  _drawn(manifest, [fact, *_joined([fact], known)], whole=fact.name)]
    return "".join(parts)


def _joined(some: list[Model], known: dict[str, Model]) -> list[Model]:
    names = {join.to for model in some for join in model.joins}
    return [known[name] for name in sorted(names - {m.name for m in some})]


def _drawn(manifest: dict, some: list[Model], whole: str = "") -> str:
    """A Mermaid block of some models: without columns, or with all of `whole`'s and the keys of the others."""
    # Importing dbterd takes seconds.
    from dbterd.api import DbtErd

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        Path(folder, "manifest.json").write_text(json.dumps(_as_constraints(manifest, some, whole)), encoding="utf-8")
        Path(folder, "catalog.json").write_text(json.dumps(CATALOG), encoding="utf-8")
        drawn = DbtErd(artifacts_dir=folder, algo="model_contract", target="mermaid", entity_name_format="model",
                       omit_columns=not whole).get_erd()
    # dbterd shouts the names; a release has them in small letters.
    small = re.sub('"[A-Z0-9_]+"', lambda name: name[0].lower(), drawn).rstrip()
    if not whole:
        small = small.replace("erDiagram", "erDiagram\n  direction LR", 1)    # else as wide as all facts side by side
    return f"\n```mermaid\n{small}\n```\n"


def _as_constraints(manifest: dict, some: list[Model], whole: str) -> dict:
    """The manifest of only these models, with grain and joins as the constraints that dbterd reads.

    They are no constraints of dbt's: DuckDB would enforce them at each build, and `dim_product` and `dim_event`, which
    are made of facts, would stand before and after them.
    """
    ids = {node["name"]: key for key, node in published(manifest).items()}
    nodes = {ids[m.name]: _node(manifest["nodes"][ids[m.name]], m, some, whole) for m in some}
    return {key: nodes if key == "nodes" else value if key == "metadata" else type(value)()
            for key, value in manifest.items()}


def _node(node: dict, model: Model, some: list[Model], whole: str) -> dict:
    drawn = {other.name for other in some}
    joins = [join for join in model.joins if join.to in drawn - {model.name} and whole in ("", model.name)]
    keys = {name for other in some for join in other.joins if join.to == model.name for name in join.to_columns}
    columns = {c.name: {**node["columns"][c.name], "data_type": c.data_type.split("(")[0]} for c in model.columns
               if model.name == whole or c.name in {*model.grain, *keys}}
    return {**node, "columns": columns,
            "constraints": [{"type": "primary_key", "columns": list(model.grain)}, *map(_foreign_key, joins)],
            "meta": {"relationship_labels": {_name(join): join.columns[0] for join in joins},
                     "relationship_types": {_name(join): "zero-to-one" if join.is_exact else "zero-to-many"
                                            for join in joins}}}


def _foreign_key(join: Join) -> dict:
    return {"type": "foreign_key", "name": _name(join), "columns": list(join.columns), "to": f"ref('{join.to}')",
            "to_columns": list(join.to_columns)}


def _name(join: Join) -> str:
    return f"{join.columns[0]}__{join.to}"
