"""What the checks of a contract are written in."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from lumbung.errors import LumbungError

# DuckDB's regular expressions (RE2) have none of these.
NOT_RE2 = re.compile(r"\(\?(?:[=!>]|<[=!])|\\[1-9]|\(\?P=")


class Broken(Exception):
    """One thing wrong: what, at which place in the file, and what to do."""

    def __init__(self, what: str, place: str, todo: str):
        self.what, self.place, self.todo = what, place, todo
        super().__init__(what)


def with_reason(path: Path, checked) -> None:
    """Call `checked`; what it finds broken becomes an error that names the file."""
    try:
        checked()
    except Broken as broken:
        raise LumbungError(broken.what, where=f"{path}, {broken.place}" if broken.place else str(path),
                           todo=broken.todo) from None


def pattern(text: str, place: str) -> None:
    """A regular expression that Python and DuckDB both know."""
    try:
        re.compile(text)
    except re.error as error:
        raise Broken(f"{text!r} is no regular expression: {error}.", place, "Mend the pattern.") from None
    require(not NOT_RE2.search(text), f"{text!r} looks ahead, back or at itself.", place,
            "Write it without (?=, (?!, (?<=, (?<! and references: DuckDB has none of them.")


def a_list(value: object, place: str) -> None:
    """A list with something in it."""
    require(isinstance(value, list) and value, f"This is no list: {value!r}.", place, "Write [one, two].")


def known_names(found: Iterable[str], known: tuple[str, ...], kind: str, place: str) -> None:
    """Only names of a list."""
    for name in found:
        one_of(name, known, kind, place)


def one_of(value: object, known: tuple[str, ...], kind: str, place: str) -> None:
    """A value of a list; else the error says which comes near."""
    if value in known:
        return
    near = difflib.get_close_matches(str(value), known, 1)
    raise Broken(f"There is no {kind} {value!r}.", place,
                 (f"Did you mean {near[0]!r}? " if near else "") + f"There are: {', '.join(known)}.")


def require(holds: object, what: str, place: str, todo: str) -> None:
    """Something that must hold."""
    if not holds:
        raise Broken(what, place, todo)
