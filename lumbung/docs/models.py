"""The published tables as dbt's manifest knows them: grain, joins, measures, columns."""

from dataclasses import dataclass

from lumbung.errors import LumbungError

KINDS = {"mart": "Marts for reading", "fct": "Facts", "bridge": "Bridges", "dim": "Dimensions"}
ADDS, ALONE, WITHIN = "adds", "alone", "within "
MADE_UP = "is_synthetic"


@dataclass(frozen=True)
class Column:
    """One column: its type as the contract states it, and what it means."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Join:
    """Columns of a model that are found in the columns of another one, pairwise.

    `is_exact` says that they tell one row there; else there are several versions of it, and a date chooses.
    """

    columns: tuple[str, ...]
    to: str
    to_columns: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True)
class Model:
    """One table of a release. `measures` says how each may be added: "adds", "alone" or "within <column>"."""

    name: str
    description: str
    grain: tuple[str, ...]
    month: str
    columns: tuple[Column, ...]
    joins: tuple[Join, ...]
    measures: dict[str, str]

    @property
    def kind(self) -> str:
        return self.name.split("_", 1)[0]

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


def models(manifest: dict) -> dict[str, Model]:
    """The models of the schemas `marts` and `quality` by name, from dbt's manifest.

    Raises LumbungError for a join or measure that names what isn't there.
    """
    nodes = {node["name"]: node for node in published(manifest).values()}
    metas = {name: node["config"].get("meta", {}) for name, node in nodes.items()}
    found = {}
    for name, node in sorted(nodes.items()):
        meta = metas[name]
        columns = tuple(Column(c["name"], c.get("data_type") or "", " ".join(c.get("description", "").split()))
                        for c in node["columns"].values())
        model = Model(
            name, " ".join(node.get("description", "").split()), tuple(meta.get("grain") or ()),
            meta.get("month") or "", columns,
            tuple(_join(name, column, target, nodes, metas) for column, target in (meta.get("joins") or {}).items()),
            dict(meta.get("measures") or {}))
        _check(model)
        found[name] = model
    return found


def published(manifest: dict) -> dict[str, dict]:
    """The nodes of the manifest that a release publishes, by unique id."""
    return {key: node for key, node in manifest["nodes"].items()
            if node["resource_type"] == "model" and node.get("schema") in ("marts", "quality")}


def _join(name: str, column: str, target: str, nodes: dict, metas: dict) -> Join:
    to, _, to_column = target.partition(".")
    if column not in nodes[name]["columns"] or to_column not in nodes.get(to, {}).get("columns", {}):
        raise LumbungError(f"The join {column}: {target} of {name} names a column that isn't there.",
                           where=f"meta: joins of {name}", todo="Write joins: {column: dim_name.column}.")
    if to_column == metas[to].get("key"):
        return Join((column,), to, (to_column,), is_exact=True)
    grain = metas[to].get("grain") or []
    # Where a dimension keeps made-up members apart, the mark is part of the join.
    also = [MADE_UP] if MADE_UP in grain and MADE_UP in nodes[name]["columns"] else []
    return Join((column, *also), to, (to_column, *also), set(grain) <= {to_column, *also})


def _check(model: Model) -> None:
    names = {c.name for c in model.columns}
    for measure, how in model.measures.items():
        known = how in (ADDS, ALONE) or (how.startswith(WITHIN) and how.removeprefix(WITHIN) in names)
        if measure not in names or not known:
            raise LumbungError(f"The measure {measure}: {how} of {model.name} can't be.",
                               where=f"meta: measures of {model.name}",
                               todo="Write measures: {column: adds}, alone, or within and a column of the model.")
