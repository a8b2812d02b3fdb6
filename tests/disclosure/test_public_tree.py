"""The public part of a release: who can read it, what it says and what it never says."""

import json
import stat
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from province_by_hand import FLOOR, Province
from random_provinces import deliveries
from test_defences import DOMINATED, corrected, even, many, rules, shown
from typer.testing import CliRunner

from lumbung.cli import app
from lumbung.disclosure import PublicTree, decisions, hand_over, require_publishable
from lumbung.disclosure.control import DisclosureFailed
from lumbung.disclosure.public_list import read_tables
from lumbung.errors import LumbungError, UsageError
from lumbung.privacy.marks import NOT_REBUILDABLE, mark
from lumbung.publish import current, mark_published, publish, published, releases, verify


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_who_can_read_what(office):
    made = office.publish(Province(many()))
    again = office.publish(Province(corrected(many(), "32.01", "32.01-0")))
    mark_published(office.home, made.id, "Rilis resmi")
    for release, folder, file in ((made, 0o755, 0o444), (again, 0o750, 0o440)):
        assert (mode(release.path), mode(release.path / "manifest.json")) == (0o755, 0o440)
        for path in (release.path / "public", *(release.path / "public").rglob("*")):
            assert mode(path) == (folder if path.is_dir() else file), path
        for path in (release.path / "internal", *(release.path / "internal").rglob("*")):
            assert mode(path) == (0o750 if path.is_dir() else 0o440), path
        assert verify(office.home, release) == []


def test_who_published_it_and_why_is_for_insiders(office):
    made = office.publish(Province(many()), marked=True)
    assert mode(office.home.releases / "events") == 0o750
    mark(office.home, NOT_REBUILDABLE, {"release_id": made.id, "load_ids": [], "holds_party_key": False,
                                        "holds_identifier": False}, {"erasure_id": "x"})
    assert mode(office.home.releases / "events") == 0o750


def test_a_mark_that_died_before_the_folder_was_open_is_made_good(office):
    made = office.publish(Province(many()), marked=True)
    (made.path / "public").chmod(0o750)
    with pytest.raises(LumbungError, match="published already"):
        mark_published(office.home, made.id, "Rilis resmi")
    assert mode(made.path / "public") == 0o755


def test_nobody_looks_into_a_release_while_it_is_made(office):
    seen = []

    class Looking(PublicTree):
        def write(self, release):
            seen.append(mode(release.path))
            return super().write(release)

    assert office.publish(Province(many()), tree=Looking.of(office.home))
    assert seen == [0o700]


def test_what_is_checked_and_what_is_marked_are_one_act(office, monkeypatch):
    """The check of a second officer waits for the mark of the first, and so knows of it."""
    first = office.publish(Province(many()))
    second = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    monkeypatch.setenv("LUMBUNG_HOME", str(office.home.root))
    seen, began = [], Event()

    def other_officer(found):
        began.set()
        seen.append([mark["release_id"] for mark in published(office.home)])

    def check(found):
        rival = Thread(target=lambda: mark_published(office.home, second.id, "Rilis", check=other_officer))
        rival.start()
        assert not began.wait(0.3)
        rivals.append(rival)

    rivals: list[Thread] = []
    mark_published(office.home, first.id, "Rilis", check=check)
    rivals[0].join()
    assert seen == [[first.id]]


def test_a_release_that_gives_a_cell_away_is_not_marked(office, monkeypatch):
    first = office.publish(Province(many()))
    second = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    mark_published(office.home, first.id, "Rilis resmi")
    monkeypatch.setenv("LUMBUNG_HOME", str(office.home.root))
    said = CliRunner().invoke(app, ["releases", "publish", second.id, "--reason", "Rilis"])
    assert isinstance(said.exception, DisclosureFailed)
    assert [one["release_id"] for one in published(office.home)] == [first.id]
    assert mode(second.path / "public") == 0o750


def test_nothing_inside_is_named_in_public(office, monkeypatch):
    """No business, no setting, no load, no file of the internal tree, and no reason why a city has no rank."""
    monkeypatch.setenv("LUMBUNG_DISCLOSURE_P", "17")
    cities = {**many(), "32.76": DOMINATED["by two exporters"]}
    made = office.publish(Province(cities))
    assert made.manifest["disclosure"]["p_percent"] == 17
    text = "".join(path.read_text() for path in (made.path / "public").iterdir() if path.suffix != ".parquet")
    for inside in ("p_percent", "internal", "primary", "secondary", "32.01-0", "few_contributors"):
        assert inside not in text, inside
    manifest = json.loads((made.path / "public" / "manifest.json").read_text())
    assert {file["path"] for file in manifest["files"]} == {
        path.name for path in (made.path / "public").iterdir()} - {"manifest.json"}


def test_the_page_is_made_of_the_tables(office):
    made = office.publish(Province({**many(), "32.76": {"a": (5, 7)}}, is_synthetic=True))
    page = (made.path / "public" / "peringkat-32.html").read_text()
    assert "DATA BUATAN" in page
    assert "tertinggi di antara 5 dari 6" in page
    assert "Tanpa peringkat (1 dari 6)" in page
    assert {row["data_kind"] for row in shown(made).ranking} == {"DATA BUATAN"}


def test_the_same_inputs_give_the_same_bytes(office, another_office):
    for one in (office, another_office):
        for province in deliveries(7, 2):
            made = one.publish(province, marked=True)
    files = [{path.name: path.read_bytes() for path in (current(one.home).path / "public").iterdir()}
             for one in (office, another_office)]
    assert files[0] == files[1]
    assert made is not None


def test_another_home_makes_the_same_public_tables(office, another_office, monkeypatch):
    """By the setting and the releases that the manifest names, whatever has been set and published since."""
    monkeypatch.setenv("LUMBUNG_DISCLOSURE_P", "25")
    office.publish(Province(many()), marked=True)
    made = office.publish(Province(corrected(many(), "32.03", "32.03-1")), marked=True)
    monkeypatch.setenv("LUMBUNG_DISCLOSURE_P", "3")
    known = made.manifest["disclosure"]
    hand_over(office.home, another_office.home, known)
    again = another_office.publish(Province(corrected(many(), "32.03", "32.03-1")),
                                   tree=PublicTree.as_recorded(another_office.home, known))
    assert again.manifest["disclosure"] == known
    for table in ("ranking", "unranked", "totals"):
        assert (made.path / f"public/{table}.parquet").read_bytes() == (
            again.path / f"public/{table}.parquet").read_bytes()


def test_a_published_release_without_public_tables_is_handed_over_too(office, another_office):
    office.fill(Province(many()))
    first = publish(office.home, "run-0", pinned=[], gates=[], code_version="1", dbt_manifest=office.dbt_manifest,
                    run_time=datetime(2024, 9, 1, tzinfo=UTC))
    mark_published(office.home, first.id, "Rilis lama")
    made = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    hand_over(office.home, another_office.home, made.manifest["disclosure"])
    assert [one.id for one in releases(another_office.home)] == [first.id]


def test_a_release_that_was_only_handed_over_is_not_taken_for_the_one_to_be_made(office, another_office):
    """A correction that was withdrawn: the content is that of the first release, of which little is there."""
    office.publish(Province(many()), marked=True)
    office.publish(Province(corrected(many(), "32.03", *many()["32.03"])))
    third = office.publish(Province(many()))
    hand_over(office.home, another_office.home, third.manifest["disclosure"])
    another_office.number = 2
    made = another_office.publish(
        Province(many()), tree=PublicTree.as_recorded(another_office.home, third.manifest["disclosure"]))
    assert made.id == third.id
    assert verify(another_office.home, made) == []


def test_nothing_to_publish_still_works(office):
    made = office.publish()
    assert read_tables(made.path / "public") == {}
    assert decisions(made) == {"cells": [], "warnings": []}


def test_a_release_that_was_made_before_another_was_published(office):
    """It was not compared with it: marking it needs an attack with both, and the next run makes a new one."""
    first = office.publish(Province(many()))
    second = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    assert require_publishable(office.home, second) == []
    mark_published(office.home, first.id, "Rilis resmi")
    with pytest.raises(DisclosureFailed, match=r"32\.03"):
        require_publishable(office.home, second)
    third = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    assert shown(third).row("32.03")["revision"] == "belum direvisi"
    assert require_publishable(office.home, third) == []
    mark_published(office.home, third.id, "Rilis resmi")
    assert office.publish(Province(corrected(many(), "32.03", "32.03-1"))) is None


def test_another_setting_makes_another_release(office):
    assert shown(office.publish(Province(many()))).row("32.01")
    (office.home.root / "disclosure.yaml").write_text("minimum_contributors: 7\n")
    made = office.publish(Province(many()))
    assert not shown(made).ranking
    assert made.manifest["disclosure"]["minimum_contributors"] == 7


@pytest.mark.parametrize("text", ["minimum_contributors: 2", "p_percent: 0.5", "p: 10", "- 3", "p_percent: [", ""])
def test_a_setting_that_cannot_be(office, text):
    (office.home.root / "disclosure.yaml").write_text(text)
    if text:
        with pytest.raises(UsageError):
            office.publish(Province(many()))
    else:
        assert office.publish(Province(many()))


def test_contributions_that_do_not_add_up_stop_the_release(office):
    broken = Province(many())
    broken.makers = {"32.01": even("32.01", 5, 2 * FLOOR)}
    with pytest.raises(LumbungError, match="sum of its contributions by maker"):
        office.publish(broken)


def test_the_command_says_what_is_withheld_and_no_amounts(office, monkeypatch):
    monkeypatch.setenv("LUMBUNG_HOME", str(office.home.root))
    made = office.publish(Province({**many(), "32.76": DOMINATED["by two exporters"]}))
    said = CliRunner().invoke(app, ["disclosure", "show", "--json"])
    cells = json.loads(said.stdout)["cells"]
    assert [cell["rule"] for cell in cells if cell["region_code"] == "32.76"] == [rules(made)["32.76"]]
    assert "usd" not in said.stdout
    assert "Nothing is withheld" not in CliRunner().invoke(app, ["disclosure", "show"]).stdout
    assert "nothing that is withheld can be had" in CliRunner().invoke(app, ["disclosure", "check"]).stdout


def test_other_rules_and_few_shipments_are_told_among_those_shown(office):
    """A city that is withheld stands between two under another rule: that alone is no other order."""
    elsewhere = {f"32.0{i}": f"maker:{rank}" for i, rank in enumerate((6, 5, 4, 2, 1), 1)} | {"32.76": "maker:3"}
    same = shown(office.publish(Province({**many(), "32.76": DOMINATED["by two exporters"]}, elsewhere=elsewhere)))
    order = [row["region_code"] for row in same.ranking]
    assert {row["other_rules"] for row in same.ranking} == (
        {"tetap"} if order == ["32.05", "32.04", "32.03", "32.02", "32.01"] else {"tetap", "berubah"})
    assert {row["few_shipments"] for row in same.ranking} <= {"", "bergantung pada sedikit pengiriman"}


def test_few_shipments_are_told_by_the_exporter_and_the_floor_of_the_ranking(office):
    """In 32.06 A sells most now and B did of both windows together; without B the city would fall behind."""
    most_now, most_before = ("32.06-a", (30_000, 70_000)), ("32.06-b", (130_000, 60_000))
    others = {f"32.06-{n}": (60_000, 30_000) for n in range(5)}
    plain = Province({**many(), "32.06": dict([most_now, most_before, *others.items()])})
    assert plain.largest("32.06") == "32.06-a"
    rows = {row["region_code"]: row for row in shown(office.publish(plain)).ranking}
    ranks = {code: row["rank"] for code, row in rows.items()}
    assert set(ranks) == set(plain.cities) - {"32"}
    inside = {row[8]: (row[10], row[-1]) for row in plain.ranking()}
    for code, row in rows.items():
        rank, without = inside[code]
        assert row["rank"] == rank
        assert row["few_shipments"] == ("" if without == rank else "bergantung pada sedikit pengiriman"), code
    # Without its largest exporter it is below the floor, and so without any rank.
    low = {f"32.07-{n}": (18_000, 18_000 + n) for n in range(6)}
    made = office.publish(Province({**many(), "32.07": low}))
    assert shown(made).row("32.07")["few_shipments"] == "bergantung pada sedikit pengiriman"
