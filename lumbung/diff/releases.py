"""What a release holds for a comparison: its Parquet, its files by month, the loads it was made of."""

import re
from pathlib import Path
from typing import Protocol

from lumbung.errors import LumbungError

# Beside the facts, what they were made with; releases of before these marts can't be compared.
NEEDED = ("dim_exchange_rate", "dim_exporter_region", "mart_document_version")


class Release(Protocol):
    """What a comparison needs of a release."""

    id: str
    path: Path
    manifest: dict


def table(release: Release, name: str) -> str:
    """SQL for one small table of a release, to stand after FROM."""
    return f"read_parquet({text(release.path / 'internal' / 'tables' / f'{name}.parquet')})"


def month_files(release: Release, fact: str) -> dict[str, str]:
    """The months of a fact: path within the release -> sha256."""
    prefix = f"internal/facts/{fact}/"
    return {file["path"]: file["sha256"] for file in release.manifest["files"] if file["path"].startswith(prefix)}


def rows_of(release: Release, paths: list[str]) -> str:
    """SQL for some months of a fact, to stand after FROM."""
    listed = ", ".join(text(release.path / path) for path in sorted(paths))
    return f"read_parquet([{listed}])"


def sha256_of(release: Release, name: str) -> str:
    """The sha256 of a small table's Parquet: the same in two releases where the table is."""
    path = f"internal/tables/{name}.parquet"
    return next(file["sha256"] for file in release.manifest["files"] if file["path"] == path)


def lacks(release: Release) -> list[str]:
    """The tables that a comparison needs and the release has not."""
    return [name for name in NEEDED if name not in release.manifest["tables"]]


def require_tables(release: Release) -> None:
    """Raise LumbungError for a release of before the tables were kept that a comparison needs."""
    if missing := lacks(release):
        raise LumbungError(
            f"Release {release.id} does not hold what its figures were made with: {', '.join(missing)}.",
            where=str(release.path),
            todo="It was made before Lumbung kept that. Compare it as rebuilt by the present code, or later releases.")


def is_same_code(one: Release, other: Release) -> bool:
    """Whether two releases were made by the same code: a commit that changed nothing of it makes no difference."""
    return is_code_of(one, other.manifest["code_version"])


def is_code_of(release: Release, code_version: str) -> bool:
    """Whether a release was made by the code of that version, the commit aside."""
    first, second = release.manifest["code_version"], code_version
    return first == second or (_digest(first) is not None and _digest(first) == _digest(second))


def text(value: object) -> str:
    """A text as it stands in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _digest(code_version: str) -> str | None:
    found = re.fullmatch(r"([^+]+)\+.*\.([0-9a-f]{8})", code_version)
    return found and f"{found[1]} {found[2]}"
