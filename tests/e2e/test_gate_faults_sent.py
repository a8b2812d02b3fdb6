"""What `lumbung sample` plants for gates, sent to an office that publishes: each is stopped or spoken of, and once the
loads that were named are withdrawn the next run publishes.
"""

import shutil

from lumbung.lake.home import Home
from lumbung.quality.small_office import SmallOffice


def test_each_planted_delivery_is_seen_and_the_office_publishes_again(clean_run, small_inbox, tmp_path):
    shutil.copytree(clean_run.root, tmp_path / "home", symlinks=True)
    office = SmallOffice(small_inbox.parent, Home(tmp_path / "home"))
    office.send_faults()
    missed = [(line["kind"], line["check_name"], how) for line, how in office.ended if how]
    assert len(missed) <= 0.05 * len(office.ended), missed
    assert [(line["kind"], how) for line, how in office.ended if how and line["severity"] == "critical"] == []
    assert office.alarms == []
    runs = [(run["sent"], bool(run["release"])) for run in office.runs]
    assert runs == [("staging", False), ("marts", False), ("withdrawn", True)]
