"""The measure of who is who: what is joined rightly counts, and each way of joining badly shows."""

import shutil

import duckdb
import pytest

from lumbung import transform
from lumbung.lake.home import Home
from lumbung.quality.identity import RUN, measure_identity
from lumbung.quality.intake import read_key, take_in
from lumbung.sample import write_sample

FEEDS = (
    "agency_roster", "programme_enrolment", "exhibition_participation", "readiness_assessment", "exporter_register",
    "peb/bea-cukai/data-buatan-peb-2022-05.csv", "ska/ipska-jabar/data-buatan-ska-2023-T1.csv")


class Measured:
    """Some feeds of a sample that were taken in and resolved."""

    def __init__(self, folder):
        self.home = Home(folder / "home")
        self.key = [line for line in read_key(folder / "sample" / "answer_key" / "identity.csv")
                    if f"{line['feed']}/{line['agency']}/{line['file_name']}".startswith(FEEDS)]

    def figures(self, key=None) -> dict:
        return measure_identity(self.home, key or self.key)

    def say(self, ikm_id: str) -> None:
        """Let SQL decide on the business of every party."""
        parties = transform.parties_path(self.home, RUN)
        duckdb.sql(f"copy (select * replace ({ikm_id} as ikm_id) from read_parquet('{parties}')) "
                       f"to '{parties.with_suffix('.new')}' (format parquet)")
        parties.with_suffix(".new").replace(parties)


@pytest.fixture(scope="module")
def resolved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("identity_measured")
    write_sample(folder / "sample", rows=100, seed=5)
    home = Home(folder / "home").make()
    for path in sorted((folder / "sample" / "inbox").rglob("*.*")):
        place = path.relative_to(folder / "sample" / "inbox")
        if place.as_posix().startswith(FEEDS):
            (home.inbox / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, home.inbox / place)
    take_in(home)
    Measured(folder).figures()
    return folder


@pytest.fixture
def measured(resolved, tmp_path):
    shutil.copytree(resolved, tmp_path / "copy")
    return Measured(tmp_path / "copy")


def test_pairs_are_counted_by_difficulty(measured):
    figures = measured.figures()
    assert figures["identity_mentions"] + figures["identity_mentions_not_taken_in"] == len(measured.key)
    lines = figures["identity_by_difficulty"]
    for name, total in (("pairs", "identity_pairs"), ("right", "identity_right")):
        assert sum(line[name] for line in lines) == figures[total] > 100
    assert sum(line["wrong"] for line in lines) == figures["identity_found"] - figures["identity_right"]
    assert figures["identity_recall"] == round(figures["identity_right"] / figures["identity_pairs"], 6)
    assert figures["identity_pairs_mentions"] > figures["identity_pairs"]
    assert figures["identity_seconds"] >= 0 <= figures["identity_open_reviews"]


def test_nothing_joined_is_nothing_found(measured):
    before = measured.figures()
    measured.say("party_key")
    figures = measured.figures()
    assert (figures["identity_recall"], figures["identity_found"]) == (0, 0)
    assert figures["identity_pairs"] == before["identity_pairs"]
    assert 0 < figures["identity_recall_mentions"] < 1       # mentions of one key are one without being joined


def test_everything_joined_is_mostly_wrong(measured):
    measured.say("'IKM-1'")
    figures = measured.figures()
    assert figures["identity_recall"] == 1
    assert figures["identity_right"] == figures["identity_pairs"]
    assert figures["identity_precision"] < 0.05
    assert any(line["joined_wrongly"] for line in figures["identity_by_difficulty"])


def test_one_key_for_two_businesses_is_joined_wrongly(measured):
    measured.say("party_key")
    shared, *others = measured.key
    figures = measured.figures([shared, {**shared, "business_id": "U999999"}, *others])
    assert (figures["identity_found"], figures["identity_right"]) == (1, 0)
    assert figures["identity_precision"] == 0


def test_a_file_that_was_not_taken_in_has_no_mentions(measured):
    lost = {**measured.key[0], "file_name": "data-buatan-hilang.csv"}
    before = measured.figures()["identity_mentions_not_taken_in"]
    assert measured.figures([*measured.key, lost])["identity_mentions_not_taken_in"] == before + 1
