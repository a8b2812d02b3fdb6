"""dbt's project is read once a process, and again where it changed."""

import pytest

from lumbung.transform import changes, parsing


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Stands for dbt: what it reads is what `project` holds."""
    found = {"fingerprint": "one", "read": 0}
    monkeypatch.setattr(parsing, "_read", [])
    monkeypatch.setattr(changes, "project_fingerprint", lambda: found["fingerprint"])

    def manifest_beside(home: str) -> str:
        path = tmp_path / home / "dbt" / "manifest.json"

        def parse() -> str:
            found["read"] += 1
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found["fingerprint"])
            return found["fingerprint"]

        assert parsing.project_manifest(path, parse) == found["fingerprint"]
        return path.read_text()

    return found, manifest_beside


def test_a_project_that_did_not_change_is_read_once_and_stands_beside_every_home(project):
    found, manifest_beside = project
    assert [manifest_beside(home) for home in ("first", "second", "first")] == ["one"] * 3
    assert found["read"] == 1


def test_a_project_that_changed_is_read_again(project):
    found, manifest_beside = project
    manifest_beside("first"), manifest_beside("second")
    found["fingerprint"] = "two"
    assert [manifest_beside("first"), manifest_beside("second")] == ["two", "two"]
    assert found["read"] == 2
