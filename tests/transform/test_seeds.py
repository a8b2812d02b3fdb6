"""Seeds are made from packages, the same each time."""

import csv

import pytest

from lumbung.errors import LumbungError
from lumbung.lake.home import PROJECT
from lumbung.reference import make_seeds
from lumbung.reference.rules import require_one_headline


def test_committed_seeds_are_what_the_packages_give(tmp_path):
    for path in make_seeds(tmp_path):
        assert path.read_bytes() == (PROJECT / "seeds" / path.name).read_bytes(), path.name


def test_seeds_hold_what_they_promise(tmp_path):
    tables = {path.stem: list(csv.DictReader(path.open())) for path in make_seeds(tmp_path)}
    levels = [row["level"] for row in tables["ref_regions"]]
    assert (levels.count("1"), levels.count("2")) == (38, 514)
    assert len(tables["ref_region_changes"]) == 26
    codes = {row["region_code"] for row in tables["ref_regions"]}
    assert {row["new_code"] for row in tables["ref_region_changes"]} <= codes
    assert not {row["old_code"] for row in tables["ref_region_changes"]} & codes
    assert [row["hs_code"] for row in tables["ref_hs_chapters"]] == [f"{n:02d}" for n in range(1, 98)]
    [day] = [row for row in tables["ref_ecb_rates"] if row["rate_date"] == "2021-09-14"]
    assert (day["usd"], day["idr"], day["aud"]) == ("1.1814", "16857.27", "1.6114")


def test_a_basis_has_headlines_of_one_name():
    rules = [{"rule_name": name, "basis": basis, "is_headline": headline} for name, basis, headline in [
        ("headline", "peb", "true"), ("headline", "peb", "true"), ("other", "peb", "false"), ("other", "ska", "true")]]
    require_one_headline(rules)
    with pytest.raises(LumbungError, match="peb has 2 headlines: headline, other"):
        require_one_headline([*rules, {"rule_name": "other", "basis": "peb", "is_headline": "true"}])
