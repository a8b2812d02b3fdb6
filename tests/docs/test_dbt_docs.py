"""`lumbung docs`: dbt's own documentation as one page that opens from disk, and pages made again."""

import json
import os
import re
import subprocess
import sys

import pytest

from lumbung.lake.home import PROJECT

LOADS_FROM = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)\s*=\s*[\"']?((?:https?:)?//[^\s\"'>]+)")


def lumbung(home, *words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "lumbung.cli", *words], capture_output=True, text=True, check=False,
                          env={**os.environ, "LUMBUNG_HOME": str(home)})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(released) -> str:
    said = lumbung(released.home.root, "docs", "site")
    page = released.home.root / "docs" / "dbt.html"
    assert said.strip() == str(page)
    return page.read_text(encoding="utf-8")


def data_of(site: str, name: str) -> dict:
    """What dbt put into the page: its manifest or its catalog."""
    start = site.index(f'{name}:{{"metadata"') + len(name) + 1
    return json.JSONDecoder().raw_decode(site[start:])[0]


def test_dbt_documentation_is_one_page_with_every_table(site, released):
    with released.release.connect() as connection:
        tables = {row[0] for row in connection.execute(
            "SELECT table_name FROM information_schema.tables").fetchall()}
    manifest, catalog = data_of(site, "manifest"), data_of(site, "catalog")
    assert tables <= {node["name"] for node in manifest["nodes"].values()}
    assert tables <= {key.split(".")[-1] for key, node in catalog["nodes"].items() if node["columns"]}


def test_dbt_documentation_asks_nothing_of_the_network(site):
    assert LOADS_FROM.findall(site) == []
    assert not data_of(site, "manifest")["metadata"]["send_anonymous_usage_stats"]


def test_the_next_run_is_not_disturbed(site, released):
    """The page is taken out of the build folder, the lease is given back, and the manifest stays a run's."""
    folder = released.home.build / "dbt"
    assert [p.name for p in folder.glob("*.html")] == []
    assert released.manifest["nodes"]["model.lumbung.mart_city_ranking"]["config"]["meta"]["grain"]
    assert "nothing" in lumbung(released.home.root, "run").lower()


def test_the_command_writes_what_is_kept(tmp_path):
    """From the project alone: no run, no database."""
    lumbung(tmp_path / "home", "docs", "write", "--out", str(tmp_path / "docs"))
    kept = [PROJECT / "docs" / "erd.md", *PROJECT.glob("docs/marts/*.md")]
    assert {str(p.relative_to(tmp_path / "docs")): p.read_bytes() for p in tmp_path.rglob("*.md")} == {
        str(p.relative_to(PROJECT / "docs")): p.read_bytes() for p in kept}
    assert not (tmp_path / "home").exists()
