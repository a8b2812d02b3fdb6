"""`lumbung outcomes` on a release of the members of `enrolments_by_hand`."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from lumbung import transform
from lumbung.cli import app
from lumbung.errors import LumbungError, UsageError
from lumbung.lake import ledger
from lumbung.publish import publish

DEPOK = ("--office", "disdagin-depok", "--cohort", "2022")
GATES = [{"step": step, "passed": True, "checks": []} for step in ("staging", "marts")]


@pytest.fixture(scope="session")
def released(outcomes):
    loads = [{"load_id": load.load_id, "feed": load.feed, "agency": load.agency, "file_name": load.file_name,
              "sha256": load.sha256, "contract_version": load.contract_version, "rows_accepted": load.rows_accepted}
             for load in ledger.loads(outcomes.home).values()]
    publish(outcomes.home, "run-1", pinned=loads, gates=GATES, code_version="0.1.0+abc",
            dbt_manifest=transform.manifest_path(outcomes.home), run_time=datetime(2024, 6, 1, tzinfo=UTC))
    return outcomes


@pytest.fixture
def told(released, monkeypatch):
    """Run the command: its exit code and what it prints."""
    monkeypatch.setenv("LUMBUNG_HOME", str(released.home.root))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["outcomes", *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_the_question_of_the_issue_is_one_command(told):
    """Of the makers that Depok's office trained in 2022, how many export within a year, and how many who wait?"""
    said = told(*DEPOK)
    assert "15 usaha, 15 dihitung: 7 tercatat, 5 tidak terlihat, 3 tak terhubung" in said
    assert "58,3% dari yang terhubung, batas 46,7%–66,7%, selang 95% 32,0%–80,7%" in said
    assert "Yang menunggu: 26 usaha, 10 dihitung (16 keburu ikut program): 3 tercatat" in said
    assert "selisih +15,5 poin, selang 95% -26,1 sampai +50,5 poin" in said.replace("\u2212", "-")
    assert "11 dihitung (4 sudah tercatat mengekspor sebelumnya): 4 tercatat" in said
    assert "Hubungan, bukan dampak" in said
    assert "final sampai Maret 2024" in said


def test_as_data_it_is_the_rows_of_the_mart(told):
    rows = json.loads(told(*DEPOK, "--json"))
    assert [(row["arm"], row["measure"], row["counted"], row["exported"]) for row in rows] == [
        ("trained", "export", 15, 7), ("trained", "first_export", 11, 4),
        ("waiting", "export", 10, 3), ("waiting", "first_export", 10, 3)]
    assert {row["note"].split(":")[0] for row in rows} == {"Hubungan, bukan dampak"}


def test_why_there_is_no_difference_is_said(told):
    assert "tanpa selisih: bagian yang tak terhubung berbeda" in told("--programme", "U22")
    assert "tanpa selang: satu kiriman" in told("--programme", "T13", "--cohort", "2022")
    hidden = told("--programme", "S", "--cohort", "2021")
    assert "ditahan" in hidden
    assert "tercatat, " not in hidden.split("\n", 2)[2]
    assert "3 belum genap 12 bulan" in told("--programme", "P23")
    assert "belum ada yang bisa dihitung" in told("--programme", "P23", "--months", "24")


@pytest.mark.parametrize(("arguments", "error", "what"), [
    (["--office", "disdagin-x"], LumbungError, "disdagin-depok, disperindag-jabar"),
    ([*DEPOK[:2], "--cohort", "1999"], LumbungError, "2022, 2023, all"),
    (["--arm", "praised"], UsageError, "trained, enrolled, waiting"),
    (["--months", "7"], UsageError, "6, 12, 24"),
    (["--office", "disdagin-depok", "--sector", "aneka"], UsageError, "--funding-source")])
def test_a_slip_of_the_pen_is_told_what_there_is(told, arguments, error, what):
    with pytest.raises(error) as caught:
        told(*arguments)
    assert what in caught.value.todo
