import pytest
from province_by_hand import Office


@pytest.fixture
def office(tmp_path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def another_office(tmp_path) -> Office:
    (tmp_path / "another").mkdir()
    return Office(tmp_path / "another")
