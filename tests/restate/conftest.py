"""An office with a release of three months of declarations, made once; each test has a copy of its own."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "returns"))


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    from returned_files import item, peb
    from returning_office import Office

    from lumbung import flow
    from lumbung.lake.home import Home

    office = Office(Home(tmp_path_factory.mktemp("released") / "home").make(), tmp_path_factory.mktemp("files"))
    for number, month in enumerate(("2024-01", "2024-02", "2024-09"), 1):
        office.send(f"peb/bea-cukai/{month}.csv", peb([
            item(n, registered_on=f"{month}-{n + 5:02}", registration_number=f"{n:06}")
            for n in (number, number + 20)]))
    flow.run(office.home)
    return office


@pytest.fixture
def office(released, tmp_path):
    from returning_office import Office

    from lumbung.lake.home import Home

    shutil.copytree(released.home.root, tmp_path / "home", symlinks=True)
    return Office(Home(tmp_path / "home"), tmp_path)


@pytest.fixture
def other_contract(tmp_path, monkeypatch):
    """Call it, and the contract of peb is another: files without a net weight are of 5 kg."""
    def change() -> None:
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "peb.layouts.yaml").write_text(
            '- agency: bea-cukai\n  constants: {net_weight_kg: "5"}\n')
        monkeypatch.setenv("LUMBUNG_CONTRACTS", str(tmp_path / "own"))
    return change
