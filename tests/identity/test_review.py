"""What people decide, by the command as they have it."""

import json
import os

import pandas as pd
import pytest

OWNER, PHONE, NIK = "Rahayu Wimbasari", "0800-0000-1234", "3276014101900001"


@pytest.fixture
def asked(lists):
    """A pair that is too alike to be two and not alike enough to be one."""
    lists.roster({"Nama IKM": "CV Galuhwira Wimbasari", "Produk": "rotan", "Nama Pemilik": OWNER, "Telp": PHONE,
                  "NIK": NIK})
    lists.exhibition({"Nama IKM": "Galuhwirra Wimbasarri", "Produk": "rotan"})
    lists.run()
    return lists


@pytest.fixture
def lumbung(lists, warm_command):
    """Runs `lumbung …` on the lists' home; gives what it printed."""
    def run(*words, status=0):
        done = warm_command.run(*words, environment={**os.environ, "LUMBUNG_HOME": str(lists.home.root),
                                                     "COLUMNS": "200"})
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr
    return run


def are_one(lists) -> bool:
    return lists.are_one("CV Galuhwira Wimbasari", "Galuhwirra Wimbasarri")


def test_the_list_gives_evidence_and_hides_persons(asked, lumbung):
    shown = lumbung("identity", "review")
    assert "name two_letters" in shown
    assert "region same_city +" in shown
    for secret in (OWNER, "08000000", "8000000123", NIK):
        assert secret not in shown + lumbung("identity", "review", "--json")
    assert lumbung("privacy", "log").startswith("Nobody")


def test_whoever_looks_at_persons_is_written_down(asked, lumbung):
    shown = lumbung("identity", "review", "--reveal")
    assert OWNER in shown
    assert NIK in shown
    assert "identity review" in lumbung("privacy", "log")


def test_accepted_is_one_from_the_next_run_on(asked, lumbung):
    assert not are_one(asked)
    (pair,) = json.loads(lumbung("identity", "review", "--json"))
    lumbung("identity", "review", "accept", pair["pair_id"][:6], "--reason", "telephoned")
    assert lumbung("identity", "review").strip() == "No pair waits for a person."
    asked.run()
    assert are_one(asked)
    assert {party["resolved_by"] for party in asked.parties.values()} == {"decision"}
    assert "telephoned" in lumbung("identity", "log")


def test_rejected_is_not_asked_again(asked, lumbung):
    (pair,) = json.loads(lumbung("identity", "review", "--json"))
    lumbung("identity", "review", "reject", pair["pair_id"], "--reason", "two sisters")
    asked.run()
    assert not are_one(asked)
    assert json.loads(lumbung("identity", "review", "--json")) == []


def test_a_decision_outlives_another_model(asked, lumbung, tmp_path, monkeypatch):
    (pair,) = json.loads(lumbung("identity", "review", "--json"))
    lumbung("identity", "review", "reject", pair["pair_id"], "--reason", "two sisters")
    from lumbung.identity import model
    other = json.loads(model.SHIPPED.read_text()) | {"accept": 0.05, "grey": 0.01}
    (tmp_path / "other.json").write_text(json.dumps(other))
    monkeypatch.setenv("LUMBUNG_IDENTITY_MODEL", str(tmp_path / "other.json"))
    asked.run()
    assert not are_one(asked)


def test_a_wrong_join_is_undone_by_its_parties(lists, lumbung):
    lists.roster({"Nama IKM": "CV Galuhwira Rotan", "Produk": "rotan"})
    lists.exhibition({"Nama IKM": "Galuhwira Rotan", "Produk": "rotan"})
    lists.run()
    assert lists.are_one("CV Galuhwira Rotan", "Galuhwira Rotan")
    both = ":".join(lists.party_of(name) for name in ("CV Galuhwira Rotan", "Galuhwira Rotan"))
    lumbung("identity", "review", "reject", both, "--reason", "seen both")
    lists.run()
    assert not lists.are_one("CV Galuhwira Rotan", "Galuhwira Rotan")


def test_a_workbook_goes_out_and_comes_back(asked, lumbung, tmp_path):
    book = tmp_path / "tanya.xlsx"
    lumbung("identity", "review", "export", "--out", str(book))
    assert book.stat().st_mode & 0o777 == 0o600
    assert "identity review export" in lumbung("privacy", "log")
    sheet = pd.read_excel(book, dtype=str, engine="calamine").fillna("")
    assert sheet.loc[0, "Nama A"]
    for answer, status in (("mungkin", 1), ("Ya", 0)):
        sheet.loc[0, "Usaha yang sama? (ya/tidak)"] = answer
        sheet.to_excel(book, index=False, engine="xlsxwriter")
        told = lumbung("identity", "review", "take", str(book), status=status)
    assert "1 decisions taken" in told
    asked.run()
    assert are_one(asked)


@pytest.mark.parametrize("which", ["zzzz", "p1_x:"])
def test_what_is_no_pair_is_refused(asked, lumbung, which):
    told = lumbung("identity", "review", "accept", which, "--reason", "x", status=1)
    assert "do:" in told
    assert "Nothing was decided yet." in lumbung("identity", "log")


def test_only_pseudonyms_leave_the_zone(asked):
    everything = (asked.home.run(asked.runs[-1]) / "parties.parquet").read_bytes()
    for path in (asked.home.identity / "registry").glob("*.json"):
        everything += path.read_bytes()
    for secret in (OWNER, PHONE, NIK, "Wimbasari"):
        assert secret.encode() not in everything
    assert asked.home.identity.stat().st_mode & 0o777 == 0o700


def test_an_erased_person_leaves_the_zone(asked, lumbung):
    lumbung("erase", "--nik", NIK, "--phone", PHONE, "--name", OWNER, "--ground", "UU 27/2022 ps. 43")
    left = b"".join(path.read_bytes() for path in asked.home.identity.rglob("*") if path.is_file())
    assert OWNER.encode() not in left
    assert NIK.encode() not in left
