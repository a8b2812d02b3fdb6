"""Reads the contracts. The standard's own fields carry what they can; customProperties carry the rest."""

import functools
import hashlib
import json
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import jsonschema
import yaml

from lumbung.contracts import validation
from lumbung.contracts.files import HERE, LAYOUTS, contract_path, contracts_by_feed, layouts_of
from lumbung.contracts.layouts import Layout, layout, text
from lumbung.contracts.normalisers import DEFAULT
from lumbung.contracts.validation import custom as _custom
from lumbung.errors import LumbungError


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
    identifier_kind: str         # npwp, nib, nik, name, owners
    normaliser: str
    pattern: str
    minimum: float | None
    maximum: float | None
    allowed: tuple[str, ...]
    synonyms: tuple[str, ...]
    json_path: str
    examples: tuple[str, ...] = ()
    meaning: str = ""            # in Indonesian, for the offices
    labels: tuple[str, ...] = ()  # what each of `allowed` means, in Indonesian
    context: tuple[str, ...] = ()  # columns whose text helps to read this one
    made_from: str = ""          # the column whose cell this one is read from, where a file has no column for it
    part: str = ""               # what of that cell: stated, precision, low, high, end, rest, basis; "" the whole
    region_list: str = "kemendagri"
    tells_apart: tuple[str, ...] = ()  # of a name or owners: columns that tell two parties of one name apart


@dataclass(frozen=True)
class Contract:
    """What one feed promises. `document_key` names the columns that tell one document's version in a file.

    `due_every` is (number, unit) with the units d, mo and y, None where the feed is due at no time; `due_within_days`
    after the end of such a period, None where no day is agreed; `period_column` dates its rows. `layouts` are those of
    agencies; `layout` is the one taken by `for_agency`. `is_own` where the contract is not ours but the office's.
    """

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
    title: str = ""
    words: tuple[str, str] = ("", "")          # purpose, and what one row is, in Indonesian
    due_every: tuple[int, str] | None = None
    due_within_days: int | None = None
    period_column: str = ""
    layouts: tuple[Layout, ...] = ()
    layout: Layout | None = None
    is_own: bool = False

    def for_agency(self, agency: str) -> "Contract":
        """The contract as it holds for one agency's files: with the headers and constants of its layout."""
        return _for_agency(self, agency)

    @property
    def constants(self) -> dict[str, str]:
        """Column -> text of the columns that the agency's files lack or leave empty."""
        return dict(self.layout.constants) if self.layout else {}

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that tell one row."""
        return tuple(c.name for c in self.columns if c.is_key)

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns a file must have: the required ones that can't be read from the cell of another."""
        return tuple(c.name for c in self.columns if c.required and not c.made_from)

    @property
    def edition_column(self) -> str:
        """The column that dates an edition; "" for a feed whose files do not replace each other as a whole."""
        return self.version_by[0] if self.replaces == "whole_edition" else ""

    @property
    def pseudonyms(self) -> dict[str, tuple[Column, ...]]:
        """Party key (of a list of owners: their party keys) -> the columns it is made from, the surest first."""
        names = dict.fromkeys(c.pseudonym for c in self.columns if c.pseudonym)
        sure = ("npwp", "nib", "nik", "name", "owners")
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
    return {feed: contract_of(feed) for feed in sorted(contracts_by_feed())}


def contract_of(feed: str) -> Contract:
    """The contract of a feed. Raises LumbungError when there is none or it can't be worked by."""
    path, layouts = contract_path(feed), layouts_of(feed)
    return _kept(path, path.stat().st_mtime_ns, layouts, layouts.stat().st_mtime_ns if layouts else 0)


def feeds_of_dag(dag: str) -> list[str]:
    """The feeds that one intake DAG takes."""
    return [feed for feed, contract in contracts().items() if contract.dag == dag]


def parse(path: Path, layouts: Path | None = None) -> Contract:
    """Read one contract file, and the file of layouts that adds to it.

    Raises LumbungError where it breaks the standard or says what intake can't do.
    """
    document = _yaml(path)
    for problem in _standard().iter_errors(document):
        raise LumbungError(f"Not a valid data contract: {problem.message}",
                           where=f"{path}, {'/'.join(map(str, problem.path))}",
                           todo="Mend the contract; the standard is ODCS 3.2.")
    # Our own contracts name the DAGs there are.
    validation.check(document, path, None if path.parent == HERE else _dags())
    custom = _custom(document)
    table, indonesian = document["schema"][0], custom.get("indonesian", {})
    agreed = {sla["property"]: sla for sla in document.get("slaProperties", [])}
    often, latest = agreed.get("frequency"), agreed.get("latency", {})
    contract = Contract(
        feed=document["name"], version=document["version"], purpose=document["description"]["purpose"],
        grain=table["dataGranularityDescription"], dag=custom["dag"], formats=tuple(custom["formats"]),
        document_key=tuple(custom["documentKey"]), version_by=tuple(custom["versionBy"]),
        replaces=custom["replaces"], reject_limit_pct=float(custom["rejectLimitPct"]),
        columns=tuple(_column(p) for p in table["properties"]), title=indonesian.get("title", ""),
        words=(indonesian.get("purpose", ""), indonesian.get("row", "")),
        due_every=(often["value"], often.get("unit", "d")) if often else None, due_within_days=latest.get("value"),
        period_column=latest.get("element", "").rpartition(".")[2],
        layouts=tuple(layout(entry) for entry in custom.get("layouts", [])), is_own=path.parent != HERE)
    return _with_layouts(contract, document, layouts) if layouts else contract


def checked(path: Path) -> Contract:
    """Read a file as if it lay in the office's folder: `<feed>.yaml` or `<feed>.layouts.yaml`. Raises LumbungError."""
    path = path.resolve()
    if not path.name.endswith(LAYOUTS):
        return parse(path)
    feed = path.name.removesuffix(LAYOUTS)
    beside = path.with_name(f"{feed}.yaml")
    return parse(beside if beside.is_file() else contract_path(feed), path)


@functools.lru_cache(maxsize=512)
def _kept(path: Path, changed: int, layouts: Path | None, layouts_changed: int) -> Contract:
    return parse(path, layouts)


@functools.lru_cache(maxsize=512)
def _for_agency(contract: Contract, agency: str) -> Contract:
    found = next((x for x in contract.layouts if x.agency == agency), None)
    if found is None:
        return contract
    return replace(contract, layout=found, columns=tuple(
        replace(c, synonyms=c.synonyms + tuple(title for name, title in found.synonyms if name == c.name))
        for c in contract.columns))


def _with_layouts(contract: Contract, document: dict, path: Path) -> Contract:
    """With the layouts of a file beside it; they win over the contract's own, and are part of its version."""
    entries = _yaml(path)
    validation.check_layouts(entries, document, path)
    more = tuple(layout(entry) for entry in entries)
    kept = tuple(x for x in contract.layouts if x.agency not in {y.agency for y in more})
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return replace(contract, layouts=kept + more, version=f"{contract.version}+{digest}")


def _yaml(path: Path):
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise LumbungError(f"Not a YAML file that can be read: {' '.join(str(problem).split())}", where=str(path),
                           todo="Mend the file.") from None


@functools.cache
def _dags() -> tuple[str, ...]:
    return tuple(dict.fromkeys(parse(path).dag for path in sorted(HERE.glob("*.yaml"))))


def _column(p: dict) -> Column:
    custom, options = _custom(p), p.get("logicalTypeOptions", {})
    return Column(
        name=p["name"], duckdb_type=p["physicalType"], description=p["description"],
        required=p.get("required", False), is_key=p.get("primaryKey", False),
        classification=p.get("classification", ""), pseudonym=p.get("encryptedName", ""),
        identifier_kind=custom.get("identifierKind", ""),
        normaliser=custom.get("normaliser", DEFAULT[p["logicalType"]]),
        pattern=options.get("pattern", ""), minimum=options.get("minimum"), maximum=options.get("maximum"),
        allowed=tuple(text(e["value"]) for e in p.get("enum", [])),
        synonyms=tuple(s["synonym"] for s in p.get("synonyms", [])), json_path=custom.get("jsonPath", ""),
        examples=tuple(text(e) for e in p.get("examples", [])), meaning=p.get("businessName", ""),
        labels=tuple(e.get("label", "") for e in p.get("enum", [])),
        context=tuple(custom.get("context", ())), made_from=custom.get("madeFrom", ""), part=custom.get("part", ""),
        region_list=custom.get("regionList", "kemendagri"), tells_apart=tuple(custom.get("tellsApart", ())))


@functools.cache
def _standard() -> jsonschema.Draft201909Validator:
    schema = resources.files("open_data_contract_standard").joinpath("schema.json")
    return jsonschema.Draft201909Validator(json.loads(schema.read_text(encoding="utf-8")))
