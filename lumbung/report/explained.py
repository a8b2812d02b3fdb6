"""Which rules' lists the facts of a release add up to: only those are explained, and published."""

from collections.abc import Iterable, Mapping

# The facts say these places of their own; what a rule by another place counts is not of one city in them.
PLACES = {"peb": "declared_origin", "ska": "exporter"}


def is_explained(rules: Iterable[Mapping], rule: Mapping) -> bool:
    """Whether a rule counts dollars by the place and at the rates of the facts; rows of a manifest's `rules`."""
    return (rule["place"], rule["measure"], rule["rate_source"]) == (
        PLACES[rule["basis"]], "fob_usd", facts_rate_source(rules, rule["basis"]))


def facts_rate_source(rules: Iterable[Mapping], basis: str) -> str:
    """By which source the facts of a basis are in dollars: that of the first version of its headline."""
    headlines = [rule for rule in rules if rule["basis"] == basis and rule["is_headline"]]
    return min(headlines, key=lambda rule: (rule["valid_from"], rule["rule_version"]))["rate_source"]


def rule_of(rules: Iterable[Mapping], row: Mapping) -> Mapping:
    """The rule by which a row of the ranking was made."""
    key = ("rule_name", "rule_version", "basis")
    return next(rule for rule in rules if all(rule[name] == row[name] for name in key))
