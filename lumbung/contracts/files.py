"""Where the contracts are: ours beside this file, the office's own in the folder that LUMBUNG_CONTRACTS names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumbung.errors import LumbungError

HERE = Path(__file__).resolve().parent
# A folder of an office's own contracts: feeds of its own, whole contracts in place of ours, layouts of its agencies.
OWN_FOLDER = "LUMBUNG_CONTRACTS"
LAYOUTS = ".layouts.yaml"


def contract_files() -> list[Path]:
    """Every file that decides how files are read: ours, then the office's own."""
    return sorted(HERE.glob("*.yaml")) + own_files()


def own_files() -> list[Path]:
    """The office's own files."""
    own = own_folder()
    return sorted(own.glob("*.yaml")) if own else []


def contracts_by_feed() -> dict[str, Path]:
    """Feed -> its contract; the office's own stands in place of ours."""
    return {path.stem: path for path in contract_files() if not path.name.endswith(LAYOUTS)}


def contract_path(feed: str) -> Path:
    """The contract of a feed. Raises LumbungError where there is none."""
    files = contracts_by_feed()
    if feed not in files:
        raise LumbungError(f"There is no feed {feed!r}.", where=str(HERE),
                           todo="Feeds are: " + ", ".join(sorted(files)))
    return files[feed]


def layouts_of(feed: str) -> Path | None:
    """The office's file of layouts that adds to a feed's contract."""
    own = own_folder()
    path = own / f"{feed}{LAYOUTS}" if own else None
    return path if path and path.is_file() else None


def own_folder() -> Path | None:
    """The office's folder, None where there is none. Raises LumbungError where it can't be used."""
    named = os.environ.get(OWN_FOLDER)
    if not named:
        return None
    folder = Path(named).resolve()
    if not folder.is_dir():
        raise LumbungError(f"{OWN_FOLDER} names no folder.", where=str(folder),
                           todo=f"Make the folder, or unset {OWN_FOLDER}.")
    if strays := sorted(p.name for p in folder.glob(f"*{LAYOUTS}") if not _has_contract(folder, p)):
        raise LumbungError(f"{strays[0]} adds layouts to a feed that does not exist.", where=str(folder),
                           todo=f"Call it <feed>{LAYOUTS}.")
    return folder


def _has_contract(folder: Path, layouts: Path) -> bool:
    name = layouts.name.removesuffix(LAYOUTS) + ".yaml"
    return (HERE / name).is_file() or (folder / name).is_file()


@contextmanager
def shipped_only() -> Iterator[None]:
    """Leave the office's own contracts aside: for what is made from ours and kept in git."""
    before = os.environ.pop(OWN_FOLDER, None)
    try:
        yield
    finally:
        if before is not None:
            os.environ[OWN_FOLDER] = before
