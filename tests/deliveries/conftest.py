"""An office's post, and who is expected."""

import pytest
from dated_post import Post

from lumbung.lake.home import Home


@pytest.fixture
def post(tmp_path) -> Post:
    return Post(Home(tmp_path / "home").make())


@pytest.fixture
def expected(tmp_path, monkeypatch):
    """Puts another list in place of the seed delivery_expectations."""
    def put(*rows: str) -> None:
        path = tmp_path / "expectations.csv"
        path.write_text("\n".join(["feed,agency_code,province_code,from_month,to_month", *rows]) + "\n")
        monkeypatch.setattr("lumbung.deliveries.due.EXPECTED", path)
    put("peb,bea-cukai,32,2024-01-01,")
    return put
