"""`lumbung contracts check`: a contract that intake can't work by is told from one that it can."""

import copy

import pytest
import yaml

from lumbung.contracts import contracts
from lumbung.contracts.catalogue import checked
from lumbung.contracts.files import HERE
from lumbung.errors import LumbungError


def custom(document: dict, name: str, value) -> None:
    """Set a custom property of the contract; None takes it away."""
    kept = [p for p in document["customProperties"] if p["property"] != name]
    document["customProperties"] = kept + ([] if value is None else [{"property": name, "value": value}])


def column(document: dict, name: str) -> dict:
    return next(c for c in document["schema"][0]["properties"] if c["name"] == name)


def changed(of: str, /, **fields):
    """Change fields of a column."""
    return lambda document: column(document, of).update(fields)


def agreed(**latency):
    """Change what is agreed on when the feed is due."""
    return lambda document: document.update(slaProperties=[
        {"property": "frequency", "value": 3, "unit": "mo"} | latency.pop("frequency", {}),
        {"property": "latency", "value": 14, "unit": "d", "element": "workshop_visit.visited_on"} | latency])


def own(name: str, value):
    return lambda document: custom(document, name, value)


def normalised(name: str, normaliser: str):
    return changed(name, customProperties=[{"property": "normaliser", "value": normaliser}])


# what is broken -> how, a word of what the error says, one of where, one of what to do
FAULTS = {
    "not the standard": (lambda d: d.update(kind="Contract"), "valid data contract", "kind", "ODCS"),
    "named otherwise than its file": (lambda d: d.update(name="workshop"), "'workshop'", "name", "feed's name"),
    "no DAG": (own("dag", None), "dag is missing", "customProperties", "structure.md"),
    "unknown DAG": (own("dag", "agency_roster"), "no DAG 'agency_roster'", "dag", "mean 'agency_rosters'"),
    "unknown format": (own("formats", ["csv", "pdf"]), "no format 'pdf'", "formats", "csv, xlsx, json"),
    "unknown custom property": (own("rejectLimitPercent", 5), "no custom property", "customProperties",
                                "mean 'rejectLimitPct'"),
    "limit that is none": (own("rejectLimitPct", 120), "120", "rejectLimitPct", "0 to 100"),
    "unknown way to replace": (own("replaces", "all"), "'all'", "replaces", "whole_edition"),
    "version by no column": (own("versionBy", ["visited"]), "no column 'visited'", "versionBy", "mean 'visited_on'"),
    "document key of no column": (own("documentKey", ["number"]), "no column 'number'", "documentKey", "visit_number"),
    "no key": (changed("visit_number", primaryKey=False), "primary key", "properties", "primaryKey: true"),
    "unknown normaliser": (normalised("condition", "loewr"), "no normaliser 'loewr'", "condition", "mean 'lower'"),
    "normaliser of another type": (normalised("floor_area_m2", "date"), "gives no number", "floor_area_m2", "decimal"),
    "type that does not fit": (changed("visited_on", physicalType="VARCHAR"), "'VARCHAR'", "visited_on", "DATE"),
    "type that DuckDB lacks": (changed("condition", physicalType="TEXT(3)"), "'TEXT(3)'", "condition", "VARCHAR"),
    "pattern that is none": (changed("condition", logicalTypeOptions={"pattern": "("}), "regular expression",
                             "condition", "Mend"),
    "pattern that looks ahead": (changed("condition", logicalTypeOptions={"pattern": "^(?!x)"}), "looks ahead",
                                 "condition", "DuckDB"),
    "range of a date": (changed("visited_on", logicalTypeOptions={"minimum": "2020-01-01"}), "no minimum", "visited_on",
                        "numbers"),
    "one header for two columns": (changed("owner_name", synonyms=[{"synonym": "NAMA usaha"}]), "means two columns",
                                   "owner_name", "Take it"),
    "two columns of one name": (changed("owner_name", name="condition"), "called condition", "condition", "Rename"),
    "name that intake uses": (changed("condition", name="row_number"), "'row_number'", "row_number", "taken"),
    "name that SQL uses": (changed("condition", name="order"), "'order'", "column order", "words of SQL"),
    "party without a kind": (changed("business_name", customProperties=[]), "identifierKind", "business_name", "npwp"),
    "parties without the mark": (changed("is_synthetic", name="made_up"), "made-up rows", "properties", "is_synthetic"),
    "unknown classification": (changed("owner_name", classification="secret"), "'secret'", "owner_name", "personal"),
    "due never": (agreed(frequency={"value": 0}), "frequency is 0", "frequency", "whole number from 1"),
    "due in a unit we don't count": (agreed(frequency={"unit": "wk"}), "no unit 'wk'", "frequency", "d, mo, y"),
    "due by hours": (agreed(unit="h"), "no unit 'h'", "latency", "d."),
    "due by no date": (agreed(element="workshop_visit.visited"), "no column of dates", "element", "'visited_on'"),
    "due before no period": (lambda d: d.update(slaProperties=[{"property": "latency", "value": 5}]), "how often",
                             "latency", "frequency"),
    "layout of nobody": (own("layouts", [{"sheet": "IKM"}]), "no agency", "layouts", "inbox folder"),
    "layout with an unknown field": (own("layouts", [{"agency": "a", "headers": 2}]), "'headers'", "layouts, a",
                                     "header_rows"),
    "two layouts of one agency": (own("layouts", [{"agency": "a"}, {"agency": "a"}]), "two layouts", "layouts, a",
                                  "one"),
    "layout of no column": (own("layouts", [{"agency": "a", "constants": {"luas": 3}}]), "'luas'", "constants",
                            "floor_area_m2"),
    "layout whose header is another column's": (
        own("layouts", [{"agency": "a", "synonyms": {"owner_name": ["Nama Usaha"]}}]), "two columns", "owner_name",
        "Take it"),
    "layout without its header": (own("layouts", [{"agency": "a", "header_rows": 0}]), "header_rows", "layouts, a",
                                  "from 1"),
    "unpivot that is not whole": (own("layouts", [{"agency": "a", "unpivot": {"columns": ["Jan"]}}]), "not whole",
                                  "unpivot", "value_to"),
    "unpivot to no column": (own("layouts", [{"agency": "a", "unpivot": {
        "columns": "Jan|Feb", "name_to": "month", "value_to": "floor_area_m2"}}]), "'month'", "name_to", "visited_on"),
}


@pytest.fixture
def document(own_contracts) -> dict:
    return yaml.safe_load((own_contracts / "workshop_visit.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_told_with_place_and_remedy(own_contracts, document, fault):
    spoil, what, where, todo = FAULTS[fault]
    spoilt = copy.deepcopy(document)
    spoil(spoilt)
    path = own_contracts / "workshop_visit.yaml"
    path.write_text(yaml.safe_dump(spoilt))
    with pytest.raises(LumbungError) as caught:
        checked(path)
    assert what in caught.value.what
    assert where in caught.value.where
    assert "workshop_visit.yaml" in caught.value.where
    assert todo in caught.value.todo


def test_contracts_in_order_pass(own_contracts):
    assert checked(own_contracts / "workshop_visit.yaml").feed == "workshop_visit"
    assert checked(own_contracts / "agency_roster.layouts.yaml").layouts[0].agency == "dinas-baru"
    for path in HERE.glob("*.yaml"):
        assert checked(path).feed == path.stem


def test_layout_is_read_as_it_is_written(own_contracts, document):
    custom(document, "layouts", [{
        "agency": "dinas-lebar", "sheet": "Rekap", "header_rows": 2, "skip_rows": 3,
        "synonyms": {"condition": ["Kondisi", "Kond."]},
        "constants": {"is_synthetic": "DATA BUATAN", "visit_number": 7},
        "unpivot": {"columns": ["Luas 2022", "Luas 2023"], "name_to": "condition", "value_to": "floor_area_m2"}}])
    path = own_contracts / "workshop_visit.yaml"
    path.write_text(yaml.safe_dump(document))
    contract = contracts()["workshop_visit"].for_agency("dinas-lebar")
    layout = contract.layout
    assert (layout.sheet, layout.header_rows, layout.skip_rows) == ("Rekap", 2, 3)
    assert contract.constants == {"is_synthetic": "DATA BUATAN", "visit_number": "7"}
    assert contract.column("condition").synonyms == ("Keadaan", "Kondisi", "Kond.")
    assert (layout.unpivot.columns, layout.unpivot.pattern) == (("Luas 2022", "Luas 2023"), "")
    assert (layout.unpivot.name_to, layout.unpivot.value_to) == ("condition", "floor_area_m2")
    assert contracts()["workshop_visit"].for_agency("dinas-lain").layout is None


def test_command_says_what_where_and_what_to_do(office, own_contracts):
    path = own_contracts / "workshop_visit.yaml"
    assert "is in order: feed workshop_visit 1.0.0" in office.lumbung("contracts", "check", str(path))
    path.write_text(path.read_text().replace("value: agency_rosters", "value: rosters"))
    said = office.lumbung("contracts", "check", str(path), fails=True)
    assert "There is no DAG 'rosters'." in said
    assert "where:" in said
    assert "workshop_visit.yaml, customProperties/dag" in said
    assert "do:" in said
