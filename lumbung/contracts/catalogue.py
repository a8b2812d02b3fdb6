"""Reads the contracts. The standard's own fields carry what they can; customProperties carry the rest."""

import functools
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import jsonschema
import yaml

from lumbung.errors import LumbungError

HERE = Path(__file__).resolve().parent
DEFAULT_NORMALISER = {
    "string": "text", "number": "decimal", "integer": "integer", "date": "date", "boolean": "yes_no"}


@dataclass(frozen=True)
class Column:
    """One column of a feed. `duckdb_type` is the type after typing; `synonyms` are headers in files."""

    name: str
    duckdb_type: str
    description: str
    required: bool
    is_key: bool
    classification: str          # "", "business" (names a firm) or "personal"
    pseudonym: str               # the party key made from this column, or ""
    identifier_kind: str         # npwp, nib, nik, name
    normaliser: str
    pattern: str
    minimum: float | None
    maximum: float | None
    allowed: tuple[str, ...]
    synonyms: tuple[str, ...]
    json_path: str


@dataclass(frozen=True)
class Contract:
    """What one feed promises. `document_key` names the columns that tell one document's version in a file."""

    feed: str
    version: str
    purpose: str
    grain: str
    dag: str
    formats: tuple[str, ...]
    document_key: tuple[str, ...]
    version_by: tuple[str, ...]
    replaces: str
    reject_limit_pct: float
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that tell one row."""
        return tuple(c.name for c in self.columns if c.is_key)

    @property
    def pseudonyms(self) -> dict[str, tuple[Column, ...]]:
        """Party key -> the columns it is made from, the surest first."""
        names = dict.fromkeys(c.pseudonym for c in self.columns if c.pseudonym)
        sure = ("npwp", "nib", "nik", "name")
        return {
            name: tuple(sorted((c for c in self.columns if c.pseudonym == name),
                               key=lambda c: sure.index(c.identifier_kind)))
            for name in names}

    @property
    def warehouse_columns(self) -> tuple[tuple[str, str], ...]:
        """(name, type) of what may leave the raw zone: no personal column, party keys instead."""
        own = [(c.name, c.duckdb_type) for c in self.columns if c.classification != "personal"]
        return tuple(own + [(name, "VARCHAR") for name in self.pseudonyms])


def contracts() -> dict[str, Contract]:
    """All contracts by feed, in the order of their names."""
    return {path.stem: contract_of(path.stem) for path in sorted(HERE.glob("*.yaml"))}


@functools.cache
def contract_of(feed: str) -> Contract:
    """The contract of a feed. Raises LumbungError when there is none or it breaks the standard."""
    path = HERE / f"{feed}.yaml"
    if not path.is_file():
        raise LumbungError(f"There is no feed {feed!r}.", where=str(HERE),
                           todo="Feeds are: " + ", ".join(sorted(p.stem for p in HERE.glob("*.yaml"))))
    return parse(path)


def parse(path: Path) -> Contract:
    """Read one contract file. Raises LumbungError where it breaks the standard."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for problem in _standard().iter_errors(document):
        raise LumbungError(f"Not a valid data contract: {problem.message}",
                           where=f"{path.name}, {'/'.join(map(str, problem.path))}",
                           todo="Mend the contract; the standard is ODCS 3.2.")
    custom = _custom(document)
    table = document["schema"][0]
    return Contract(
        feed=document["name"], version=document["version"], purpose=document["description"]["purpose"],
        grain=table["dataGranularityDescription"], dag=custom["dag"], formats=tuple(custom["formats"]),
        document_key=tuple(custom["documentKey"]), version_by=tuple(custom["versionBy"]),
        replaces=custom["replaces"], reject_limit_pct=float(custom["rejectLimitPct"]),
        columns=tuple(_column(p) for p in table["properties"]))


def feeds_of_dag(dag: str) -> list[str]:
    """The feeds that one intake DAG takes."""
    return [feed for feed, contract in contracts().items() if contract.dag == dag]


def _column(p: dict) -> Column:
    custom, options = _custom(p), p.get("logicalTypeOptions", {})
    return Column(
        name=p["name"], duckdb_type=p["physicalType"], description=p["description"],
        required=p.get("required", False), is_key=p.get("primaryKey", False),
        classification=p.get("classification", ""), pseudonym=p.get("encryptedName", ""),
        identifier_kind=custom.get("identifierKind", ""),
        normaliser=custom.get("normaliser", DEFAULT_NORMALISER[p["logicalType"]]),
        pattern=options.get("pattern", ""), minimum=options.get("minimum"), maximum=options.get("maximum"),
        allowed=tuple(e["value"] for e in p.get("enum", [])),
        synonyms=tuple(s["synonym"] for s in p.get("synonyms", [])), json_path=custom.get("jsonPath", ""))


def _custom(element: dict) -> dict:
    return {c["property"]: c["value"] for c in element.get("customProperties", [])}


@functools.cache
def _standard() -> jsonschema.Draft201909Validator:
    schema = resources.files("open_data_contract_standard").joinpath("schema.json")
    return jsonschema.Draft201909Validator(json.loads(schema.read_text(encoding="utf-8")))
