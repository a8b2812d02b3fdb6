"""What must hold of the ranking rules that an office writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lumbung.errors import LumbungError


def require_one_headline(rules: Iterable[Mapping[str, str]]) -> None:
    """Raise LumbungError where a basis has headlines of two names: versions of one name say which is in force."""
    names = defaultdict(set)
    for rule in rules:
        if rule["is_headline"] == "true":
            names[rule["basis"]].add(rule["rule_name"])
    for basis, found in sorted(names.items()):
        if len(found) > 1:
            raise LumbungError(f"The basis {basis} has {len(found)} headlines: {', '.join(sorted(found))}.",
                               where="ranking_rules.csv",
                               todo="Give a new headline the name of the old one, a higher version and a later date.")
