"""Seeds are made from packages, the same each time."""

import csv

from lumbung.lake.home import PROJECT
from lumbung.reference import make_seeds


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
