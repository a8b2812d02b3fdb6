"""A home, empty or with a person in it. Run without a key of one's own, as made-up data may be."""

import shutil

import people_files
import pytest

from lumbung.lake.home import Home


@pytest.fixture(scope="session")
def people():
    """The files of people_files."""
    return people_files


@pytest.fixture(scope="session")
def _taken_in(tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("taken_in")).make()
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("LUMBUNG_KEY", raising=False)
        people_files.drop(home, people_files.FILES)
        people_files.take_in(home)
    return home


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    monkeypatch.delenv("LUMBUNG_KEY_VERSION", raising=False)
    return Home(tmp_path / "home").make()


@pytest.fixture
def peopled(home, _taken_in) -> Home:
    """A home that took in every file of people_files."""
    shutil.copytree(_taken_in.root, home.root, dirs_exist_ok=True)
    return home
