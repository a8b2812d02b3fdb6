"""What the office has set: the fewest contributors of a cell and the p of the p% rule. Never published."""

import os
from dataclasses import dataclass

import yaml

from lumbung.errors import UsageError
from lumbung.lake.home import Home

FILE = "disclosure.yaml"
DEFAULTS = {"minimum_contributors": 3, "p_percent": 10}
ENVIRONMENT = {"minimum_contributors": "LUMBUNG_DISCLOSURE_MINIMUM", "p_percent": "LUMBUNG_DISCLOSURE_P"}
# Fewer than three can never be less: with two, each contributor reads the other's figure off the sum.
LIMITS = {"minimum_contributors": (3, 100), "p_percent": (1, 100)}


@dataclass(frozen=True)
class Settings:
    """A cell is unsafe with fewer contributors, or where X − x1 − x2 < p·x1; `p_percent` is p in whole per cent."""

    minimum_contributors: int
    p_percent: int

    def as_dict(self) -> dict[str, int]:
        """For the internal manifest, so that a rebuild repeats it."""
        return {"minimum_contributors": self.minimum_contributors, "p_percent": self.p_percent}


def settings(home: Home) -> Settings:
    """The office's setting: the environment, else `disclosure.yaml` in LUMBUNG_HOME, else the default.

    Raises UsageError for a file or a value that can't be.
    """
    path = home.root / FILE
    given = _read(path) if path.is_file() else {}
    for key, name in ENVIRONMENT.items():
        if said := os.environ.get(name):
            given[key] = said
    return settings_of({**DEFAULTS, **given}, where=str(path))


def settings_of(given: dict, where: str = "") -> Settings:
    """Settings from a dict, such as the `disclosure` of a manifest. Raises UsageError for a value that can't be."""
    whole = {}
    for key, (low, high) in LIMITS.items():
        text = str(given[key]).strip()
        if not text.isdecimal() or not low <= int(text) <= high:
            raise UsageError(f"{key} is {given[key]!r}.", where=where,
                             todo=f"Give a whole number from {low} to {high}.")
        whole[key] = int(text)
    return Settings(**whole)


def _read(path) -> dict:
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as problem:
        raise UsageError("The setting of disclosure control can't be read.", where=f"{path}: {problem}",
                         todo="Write it as YAML, e.g. p_percent: 15.") from problem
    if not isinstance(given, dict) or (unknown := sorted(set(given) - set(DEFAULTS))):
        raise UsageError("The setting of disclosure control has something that is not known: "
                         f"{', '.join(map(str, unknown)) if isinstance(given, dict) else given!r}.", where=str(path),
                         todo=f"Name only: {', '.join(DEFAULTS)}.")
    return given
