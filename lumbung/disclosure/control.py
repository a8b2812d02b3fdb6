"""What may be published of a release: chosen, attacked, and chosen more carefully until the attack finds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lumbung.disclosure.attack import TOTAL, Attack, Target
from lumbung.disclosure.choosing import DEFENCES, FRESH, SECONDARY, Choice, Chooser
from lumbung.disclosure.histories import Shown, same_business
from lumbung.disclosure.public_list import PublicList, read_tables, write_tables
from lumbung.disclosure.public_rows import public_list
from lumbung.disclosure.reading import CityList, Key, Release, lists_to_publish
from lumbung.disclosure.settings import Settings
from lumbung.errors import GateFailed

TABLES = "public"


class DisclosureFailed(GateFailed):
    """The public tables would give a cell away: the release is not made. Names the cell; for insiders only."""


@dataclass(frozen=True)
class Controlled:
    """The public lists of a release, what was decided of each (for insiders), and what the officer must be told."""

    lists: list[PublicList]
    decisions: list[dict]
    warnings: list[str]


@dataclass(frozen=True)
class Earlier:
    """The public releases before, oldest first: what each showed and what stood behind it."""

    release_id: str
    public: Mapping[Key, PublicList]
    inside: Mapping[Key, CityList]
    names: Mapping[str, str]


def control(release: Release, earlier: Sequence[Release], settings: Settings, folder: Path, *,
            defences: frozenset[str] = DEFENCES) -> Controlled:
    """Choose what may be published of a release, write it as tables into `folder`, and attack what stands there.

    `earlier` are the releases that were published before, oldest first. Raises DisclosureFailed when the attack
    succeeds. With a defence switched off nothing is mended after the first choice: tests show so what each is for.
    """
    past = [_earlier(one, release) for one in earlier if (one.path / TABLES).is_dir()]
    inside = lists_to_publish(release)
    decided = {key: _decide(release, one, key, past, settings, defences) for key, one in sorted(inside.items())}
    write_tables(folder, [public for public, _ in decided.values()])
    written, warnings = read_tables(folder), []
    for key, (_, choice) in decided.items():
        found, before = _attack(release.id, written[key], inside[key], key, past, settings).run()
        _require_nothing(found, key)
        warnings += sorted({f"{_name(key)}: earlier public releases already give away the {t}." for t in before})
        if choice.total_why:
            warnings.append(f"{_name(key)}: the total is {choice.total} ({choice.total_why}).")
    warnings += [f"Release {one.id} is published but has no public tables: what it showed is not looked at."
                 for one in earlier if not (one.path / TABLES).is_dir()]
    return Controlled([public for public, _ in decided.values()],
                      [row for key, (public, choice) in decided.items() for row in _rows(inside[key], public, choice)],
                      warnings)


def _earlier(one: Release, now: Release) -> Earlier:
    return Earlier(one.id, read_tables(one.path / TABLES), lists_to_publish(one), same_business(one, now))


def _shown(key: Key, past: list[Earlier]) -> tuple[Shown, ...]:
    return tuple(Shown(one.release_id, one.public[key], one.inside[key]) for one in past
                 if key in one.public and key in one.inside)


def _attack(release_id: str, public: PublicList, inside: CityList, key: Key, past: list[Earlier],
            settings: Settings) -> Attack:
    return Attack(release_id, public, inside, _shown(key, past), {one.release_id: one.names for one in past}, settings)


def _decide(release: Release, inside: CityList, key: Key, past: list[Earlier], settings: Settings,
            defences: frozenset[str]) -> tuple[PublicList, Choice]:
    chooser = Chooser(inside, _shown(key, past), {one.release_id: one.names for one in past}, settings, defences)
    rule = next((r for r in release.manifest.get("rules", []) if (r["rule_name"], r["rule_version"], r["basis"]) == (
        inside.rule_name, inside.rule_version, inside.basis)), {})
    choice = chooser.choose()
    while True:
        public = public_list(inside, choice, rule, chooser.earlier_total(), ranks_by_shown="rank" in defences)
        if defences != DEFENCES:
            return public, choice
        found, _ = _attack(release.id, public, inside, key, past, settings).run()
        if not found:
            return public, choice
        if not _mend(chooser, choice, found[0]):
            _require_nothing(found, key)
        if choice.total == FRESH:
            chooser.settle(choice)


def _mend(chooser: Chooser, choice: Choice, target: Target) -> bool:
    """Withhold more, by what the attack has found; False where there is nothing left to withhold."""
    alike = {s.release_id: s for s in chooser.history}
    if target.since and choice.is_fresh(chooser.now, target.area):
        chooser.keep_or_withhold(choice, target.area)
        return True
    among = None
    if target.release_id in alike:
        # What an earlier release withheld is told now by a city that it withheld too.
        among = {code for code in chooser.now.cities if not alike[target.release_id].public.is_fresh(code)}
        if chooser.withhold_further(choice, among):
            return True
    if choice.total == FRESH:
        few = sum(why == SECONDARY for why in choice.withheld.values()) < max(2, len(chooser.now.cities) // 8)
        if target.area == TOTAL or target.since or not few or not chooser.withhold_further(choice):
            chooser.keep_or_withhold_total(choice, f"the attack found the {target}")
        return True
    return chooser.withhold_further(choice)


def _require_nothing(found: list[Target], key: Key) -> None:
    if found:
        raise DisclosureFailed(
            f"The public tables would give away the {found[0]} (and {len(found) - 1} more).", where=_name(key),
            todo="Nothing is published. This is for insiders: see docs/disclosure.md.")


def _name(key: Key) -> str:
    return f"{key[0]} of province {key[2]}{', made up' if key[1] else ''}"


def _rows(inside: CityList, public: PublicList, choice: Choice) -> list[dict]:
    """What became of each city and of the total, with the rule behind it; without amounts."""
    keys = {"basis": inside.basis, "is_synthetic": inside.is_synthetic, "province_code": inside.province_code,
            "through_month": inside.through.isoformat()}
    rows = []
    for code, city in sorted(inside.cities.items()):
        outcome = "kept" if code in choice.kept else "shown" if public.is_fresh(code) else "withheld" if (
            code in choice.withheld) else "unranked"
        rule = "revision" if code in choice.kept else choice.withheld.get(code, "")
        rows.append({**keys, "region_code": code, "region_name": city.region_name, "outcome": outcome, "rule": rule})
    return [*rows, {**keys, "region_code": inside.province_code, "region_name": inside.province_name,
                    "outcome": "shown" if choice.total == FRESH else choice.total, "rule": choice.total_why}]
