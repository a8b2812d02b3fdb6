"""What dbt calls a document, a line and a version of a feed is what its contract says."""

from pathlib import Path

import jinja2
import pytest

from lumbung.contracts import Contract, contracts
from lumbung.contracts.files import shipped_only
from lumbung.lake.home import PROJECT

MACRO = PROJECT / "dbt_project" / "macros" / "documents.sql"


def documents(macro: Path) -> dict[str, dict]:
    """What the macro gives."""
    given: list[dict] = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)
    environment.from_string(macro.read_text(), globals={"return": given.append}).module.documents()
    return given[0]


# Offices number these by themselves: one number of two offices is two documents.
BY_OFFICE = {"programme_enrolment"}

with shipped_only():
    SHIPPED = contracts()


def test_every_feed_is_there():
    assert set(documents(MACRO)) == set(SHIPPED)


@pytest.mark.parametrize("contract", SHIPPED.values(), ids=SHIPPED)
def test_document_line_and_version_are_those_of_the_contract(contract: Contract):
    about = documents(MACRO)[contract.feed]
    assert tuple(about["newest_by"]) == contract.version_by
    of_a_version = [c for c in contract.document_key if c not in about["version"]]
    if contract.replaces == "whole_edition":
        assert (about["document"], [about["item"]]) == (["agency_code"], of_a_version)
        assert tuple(about["version"]) == contract.version_by
        return
    assert about["document"] == (["agency_code"] if contract.feed in BY_OFFICE else []) + of_a_version
    lines = [c for c in contract.key if c not in contract.document_key]
    assert ([about["item"]] if "item" in about else []) == lines
