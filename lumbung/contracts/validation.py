"""What must hold of a contract beyond the standard, so that intake can work by it."""

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import duckdb

from lumbung.contracts.normalisers import DEFAULT, NORMALISERS
from lumbung.contracts.requirements import Broken, a_list, known_names, one_of, pattern, require, with_reason
from lumbung.contracts.titles import fold

NEEDED = ("dag", "formats", "documentKey", "versionBy", "replaces", "rejectLimitPct")
OF_CONTRACT = (*NEEDED, "layouts", "indonesian")
OF_COLUMN = ("normaliser", "identifierKind", "tellsApart", "jsonPath", "context", "madeFrom", "part", "regionList")
PARTS = ("stated", "precision", "low", "high", "end", "rest", "basis")
REGION_LISTS = ("kemendagri", "bps")
INDONESIAN = ("title", "purpose", "row")
FORMATS = ("csv", "xlsx", "json")
REPLACES = ("by_key", "whole_edition")
IDENTIFIERS = ("npwp", "nib", "nik", "name", "owners")
CLASSIFICATIONS = ("business", "personal")
DUE_UNITS = {"frequency": ("d", "mo", "y"), "latency": ("d",)}
TYPES = {"string": r"VARCHAR", "integer": r"INTEGER|BIGINT", "number": r"DECIMAL\(\d{1,2},\d{1,2}\)", "date": r"DATE",
         "boolean": r"BOOLEAN"}
NAME = re.compile(r"[a-z][a-z0-9_]*")
AGENCY = re.compile(r"[a-z0-9][a-z0-9_-]*")
# Columns that intake adds, or works with while it types.
TAKEN = ("load_id", "sheet", "row_number", "src", "state", "line", "line_code", "part", "ordinal", "row_no",
         "piece")
LAYOUT = ("agency", "sheet", "header_rows", "skip_rows", "synonyms", "constants", "unpivot")
UNPIVOT = ("columns", "name_to", "value_to")


def check(document: dict, path: Path, dags: Iterable[str] | None) -> None:
    """Check a document that keeps the standard. `dags` are the intake DAGs there are; None: not to be checked.

    Raises LumbungError at the first thing that is wrong.
    """
    with_reason(path, lambda: _contract(document, path, dags))


def check_layouts(entries: object, document: dict, path: Path) -> None:
    """Check a list of layouts that adds to the contract in `document`. Raises LumbungError as `check` does."""
    with_reason(path, lambda: _layouts(entries, document["schema"][0]["properties"]))


def custom(element: dict) -> dict:
    """The custom properties of a contract or a column by name."""
    return {c["property"]: c["value"] for c in element.get("customProperties", [])}


def _contract(document: dict, path: Path, dags: Iterable[str] | None) -> None:
    own = custom(document)
    known_names(own, OF_CONTRACT, "custom property", "customProperties")
    for name in NEEDED:
        if name not in own:
            raise Broken(f"The custom property {name} is missing.", "customProperties",
                         "Add it; docs/structure.md says what it means.")
    require(document.get("name") == path.stem,
            f"The contract is named {document.get('name')!r}, its file {path.stem!r}.", "name",
            "Give both the feed's name: the inbox folder is called so too.")
    require(NAME.fullmatch(path.stem) and path.stem not in _reserved(),
            f"{path.stem!r} can't be the name of a table.", "name",
            "Use lower-case letters, digits and _, a letter first, and no word that SQL keeps for itself.")
    require("purpose" in document.get("description", {}), "The contract does not say what the feed is for.",
            "description", "Write description: {purpose: …}.")
    if dags is not None:
        one_of(own["dag"], tuple(dags), "DAG", "customProperties/dag")
    a_list(own["formats"], "customProperties/formats")
    for name in own["formats"]:
        one_of(name, FORMATS, "format", "customProperties/formats")
    one_of(own["replaces"], REPLACES, "way to replace", "customProperties/replaces")
    limit = own["rejectLimitPct"]
    require(isinstance(limit, int | float) and 0 <= limit <= 100, f"rejectLimitPct is {limit!r}.",
            "customProperties/rejectLimitPct", "Write a percentage from 0 to 100.")
    known_names(own.get("indonesian", {}), INDONESIAN, "field", "customProperties/indonesian")
    tables = document.get("schema", [])
    require(len(tables) == 1, f"A feed is one table, and this contract has {len(tables)}.", "schema",
            "Write a contract for each feed.")
    require("dataGranularityDescription" in tables[0], "It is not said what one row is.", "schema/0",
            "Write dataGranularityDescription: one … of one ….")
    _columns(tables[0].get("properties", []), own)
    _agreed({sla["property"]: sla for sla in document.get("slaProperties", [])}, tables[0]["properties"])


def _agreed(agreed: dict[str, dict], columns: list[dict]) -> None:
    """How often a feed is due, and how many days after the period's end."""
    for name, units in DUE_UNITS.items():
        sla, place = agreed.get(name, {"value": 1, "unit": units[0]}), f"slaProperties, {name}"
        least = 1 if name == "frequency" else 0
        require(type(sla["value"]) is int and sla["value"] >= least, f"{name} is {sla['value']!r}.", place,
                f"Write a whole number from {least}.")
        one_of(sla.get("unit", "d"), units, "unit", place)
    if "latency" in agreed:
        require("frequency" in agreed, "It is not said how often the feed is due.", "slaProperties, latency",
                "Write frequency beside latency.")
        dates = tuple(c["name"] for c in columns if c["logicalType"] == "date")
        one_of(agreed["latency"].get("element", "").rpartition(".")[2], dates, "column of dates",
               "slaProperties, latency, element")


def _columns(columns: list[dict], own: dict) -> None:
    names = [c["name"] for c in columns]
    for column in columns:
        _column(column, names)
    require(any(c.get("primaryKey") for c in columns), "No column is the primary key.", "schema/0/properties",
            "Mark the columns that tell one row with primaryKey: true.")
    for name in ("documentKey", "versionBy"):
        a_list(own[name], f"customProperties/{name}")
        for column in own[name]:
            one_of(column, tuple(names), "column", f"customProperties/{name}")
    require(not any("encryptedName" in c for c in columns)
            or any(custom(c).get("normaliser") == "synthetic_mark" and c["name"] == "is_synthetic" for c in columns),
            "The feed names parties, and nothing tells made-up rows from real ones.", "schema/0/properties",
            "Add the column is_synthetic with the normaliser synthetic_mark, as the other contracts have it.")
    _titles(columns, [])
    _layouts(own.get("layouts", []), columns)


def _column(column: dict, names: list[str]) -> None:
    name, own = column["name"], custom(column)
    place = f"column {name}"
    require(NAME.fullmatch(name) and name not in TAKEN and name not in _reserved(),
            f"{name!r} can't be the name of a column.", place,
            f"Use lower-case letters, digits and _; taken are words of SQL and {', '.join(TAKEN)}.")
    require(names.count(name) == 1, f"Two columns are called {name}.", place, "Rename one.")
    known_names(own, OF_COLUMN, "custom property", place)
    for field in ("description", "logicalType", "physicalType"):
        require(column.get(field), f"The column has no {field}.", place, f"Write {field}.")
    logical = column["logicalType"]
    one_of(logical, tuple(TYPES), "logical type", place)
    require(re.fullmatch(TYPES[logical], column["physicalType"]),
            f"A {logical} can't be kept as {column['physicalType']!r}.", place,
            f"Write physicalType: {_readable(TYPES[logical])}.")
    normaliser = own.get("normaliser", DEFAULT[logical])
    one_of(normaliser, tuple(NORMALISERS), "normaliser", place)
    require(logical in NORMALISERS[normaliser].serves, f"The normaliser {normaliser} gives no {logical}.", place,
            f"For a {logical} use one of: {', '.join(n for n, x in NORMALISERS.items() if logical in x.serves)}.")
    _made_from(own, names, place)
    if column.get("classification"):
        one_of(column["classification"], CLASSIFICATIONS, "classification", place)
    if "encryptedName" in column:
        one_of(own.get("identifierKind"), IDENTIFIERS, "identifierKind", place)
    require((own.get("identifierKind") == "owners") == (normaliser == "owners"),
            "A list of owners has the normaliser owners and identifierKind: owners, and no other column has.", place,
            "Give the column both, or neither.")
    if "tellsApart" in own:
        require(own.get("identifierKind") in ("name", "owners"), "Only a name has to be told apart from the same name.",
                place, "Take tellsApart away, or give the column identifierKind: name.")
        a_list(own["tellsApart"], place)
        for other in own["tellsApart"]:
            one_of(other, tuple(names), "column", place)
    options = column.get("logicalTypeOptions", {})
    require(logical in ("integer", "number") or not {"minimum", "maximum"} & set(options),
            f"A {logical} has no minimum or maximum.", place, "Keep them to integers and numbers.")
    pattern(options.get("pattern", ""), place)


def _made_from(own: dict, names: list[str], place: str) -> None:
    """What a column takes from other columns of its row."""
    if "context" in own:
        a_list(own["context"], place)
    for other in (*own.get("context", ()), *([own["madeFrom"]] if "madeFrom" in own else [])):
        one_of(other, tuple(names), "column", place)
    if "part" in own:
        one_of(own["part"], PARTS, "part", place)
        require("madeFrom" in own, "It is not said which column the part is of.", place, "Add madeFrom: <column>.")
    if "regionList" in own:
        one_of(own["regionList"], REGION_LISTS, "list of regions", place)


def _layouts(entries: object, columns: list[dict]) -> None:
    require(isinstance(entries, list), "layouts is no list.", "layouts", "Write one entry an agency, each with a -.")
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        require(isinstance(entry, dict) and AGENCY.fullmatch(str(entry.get("agency", ""))),
                "A layout names no agency.", f"layouts/{number}",
                "Write agency: as its inbox folder is called (lower-case letters, digits, - and _).")
        place = f"layouts, {entry['agency']}"
        require(entry["agency"] not in seen, f"{entry['agency']} has two layouts.", place, "Make one of them.")
        seen.add(entry["agency"])
        _layout(entry, columns, place)


def _layout(entry: dict, columns: list[dict], place: str) -> None:
    names = tuple(c["name"] for c in columns)
    known_names(entry, LAYOUT, "field", place)
    for field, least in (("header_rows", 1), ("skip_rows", 0)):
        value = entry.get(field, least)
        require(type(value) is int and value >= least, f"{field} is {value!r}.", place,
                f"Write a whole number from {least}.")
    more = []
    for field in ("synonyms", "constants"):
        require(isinstance(entry.get(field, {}), dict), f"{field} is no mapping.", place,
                f"Write {field}: {{column: …}}.")
        for column in entry.get(field, {}):
            one_of(column, names, "column", f"{place}, {field}")
    for column, titles in entry.get("synonyms", {}).items():
        a_list(titles, f"{place}, synonyms, {column}")
        more += [(column, str(title)) for title in titles]
    for column, value in entry.get("constants", {}).items():
        require(isinstance(value, str | int | float | date), f"The constant of {column} is {value!r}.", place,
                "Write one value, as a file would hold it.")
    _titles(columns, more)
    if "unpivot" in entry:
        _unpivot(entry["unpivot"], names, f"{place}, unpivot")


def _unpivot(entry: object, names: tuple[str, ...], place: str) -> None:
    require(isinstance(entry, dict) and set(entry) == set(UNPIVOT), "unpivot is not whole.", place,
            f"It has the fields {', '.join(UNPIVOT)}, and no other.")
    for field in ("name_to", "value_to"):
        one_of(entry[field], names, "column", f"{place}, {field}")
    columns = entry["columns"]
    require(columns and (isinstance(columns, str) or (isinstance(columns, list) and all(
        isinstance(c, str) for c in columns))), "It is not said which columns become rows.", place,
        "Write columns: a list of headers, or one regular expression.")
    if isinstance(columns, str):
        pattern(columns, place)


def _titles(columns: list[dict], more: list[tuple[str, str]]) -> None:
    """No header may mean two columns."""
    means: dict[str, str] = {}
    for column, title in (*_own_titles(columns), *more):
        first = means.setdefault(fold(title), column)
        require(first == column, f"The header {title!r} means two columns: {first} and {column}.", f"column {column}",
                "Take it from one of them; capitals, blanks and punctuation don't tell headers apart.")


def _own_titles(columns: list[dict]) -> Iterator[tuple[str, str]]:
    for column in columns:
        for synonym in column.get("synonyms", []):
            yield column["name"], synonym["synonym"]
    for column in columns:
        yield column["name"], column["name"]


@functools.cache
def _reserved() -> frozenset[str]:
    """The words that SQL keeps for itself."""
    with duckdb.connect() as con:
        return frozenset(word for word, in con.execute(
            "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'").fetchall())


def _readable(pattern: str) -> str:
    return pattern.replace(r"\(\d{1,2},\d{1,2}\)", "(24,4)").replace("|", " or ")
