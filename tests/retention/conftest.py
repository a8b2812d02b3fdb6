"""An office that keeps things for no day longer than it must, and the command on it."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "returns"))


@pytest.fixture
def kept(tmp_path, monkeypatch, warm_command):
    from kept_office import KeptOffice

    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    return KeptOffice(tmp_path, warm_command)


@pytest.fixture(scope="module")
def many_ends(tmp_path_factory, warm_command):
    """An office whose files came to all ends. Only to be copied."""
    from kept_office import KeptOffice

    office = KeptOffice(tmp_path_factory.mktemp("many_ends"), warm_command)
    office.send_all()
    office.lumbung("loads", "withdraw", office.load("dipakai.csv").load_id, "--reason", "a test")
    return office


@pytest.fixture(scope="module")
def released(tmp_path_factory, warm_command):
    """An office with a release. Its tests go on from each other, in the order they stand in."""
    from kept_office import KeptOffice

    office = KeptOffice(tmp_path_factory.mktemp("released"), warm_command)
    office.send_all()
    office.lumbung("run")
    office.told("loads", "withdraw", office.load("dipakai.csv").load_id, "--reason", "sent by mistake")
    return office
