"""The answer key of gates beside the suites: it names checks there are, and leaves out none that a file can trip."""

import csv
import json
import re

import pytest

from lumbung.lake.home import PROJECT
from lumbung.sample import write_sample

# What no made-up file can trip, by the end of its name: our own work, what intake turned away before, what leaves
# made-up rows out.
NOT_BY_A_FILE = {
    "raw.load_profile": "_are_there|load_id_unique|_add_up|_at_least_0|_at_least_1|_not_null|reject_pct_within_limit",
    "staging": "row_once|is_synthetic_not_null|load_id_not_null|fresh|month_is_one|exporter_has_key|country_was_read|"
               "_in_stg_reference__(countries|funding_sources)|region_code_in_list",
    "marts": ""}
# The same check of another table stands for these.
STOOD_FOR = {"hs_chapter_known", "currency_in_stg_reference__currencies", "published_not_in_future",
             "listed_not_in_future", "valid_from_not_in_future", "as_of_not_in_future"}
CONTRACT = "the feed's contract"


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> list[dict]:
    folder = tmp_path_factory.mktemp("key")
    write_sample(folder, rows=100, seed=5)
    with (folder / "answer_key" / "gates.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def suites() -> dict[tuple[str, str], dict]:
    found = {}
    for path in sorted((PROJECT / "expectations").glob("*/*.json")):
        suite = json.loads(path.read_text())
        found |= {(suite["name"], e["meta"]["name"]): e["meta"] for e in suite["expectations"]}
    return found


def test_each_line_names_a_check_that_there_is(key, suites):
    told = {(f"{line['step']}.{line['table_name']}", line["check_name"]): line["severity"] for line in key}
    assert told == {check: suites.get(check, {}).get("severity") for check in told}


def test_a_check_that_a_file_can_trip_has_its_file(key, suites):
    """Of gate marts the warnings; what is critical there tells of our own models, but for what is planted."""
    planted = {(f"{line['step']}.{line['table_name']}", line["check_name"]) for line in key}
    names = {name for _, name in planted}
    without = []
    for (suite, name), meta in suites.items():
        step = suite.split(".")[0]
        if (step == "raw" and suite != "raw.load_profile") or (step == "marts" and meta["severity"] == "critical"):
            continue
        excused = NOT_BY_A_FILE[suite if step == "raw" else step]
        if ((suite, name) in planted or meta.get("source") == CONTRACT or name in STOOD_FOR
                or (excused and re.search(f"({excused})$", name))):
            continue
        without.append(f"{suite}.{name}")
    assert without == []
    assert {"price_like_its_goods", "header_fob_equals_items", "dates_not_after_landing"} <= names
