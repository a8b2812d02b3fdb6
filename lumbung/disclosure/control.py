"""What may be published of a release: chosen, attacked, and chosen more carefully until the attack finds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lumbung.disclosure.attack import Attack, Target
from lumbung.disclosure.businesses import Businesses
from lumbung.disclosure.choosing import DEFENCES, FRESH, Beside, Choice
from lumbung.disclosure.deciding import Decided, decide
from lumbung.disclosure.histories import Shown
from lumbung.disclosure.last_lists import Key, Release, lists_left_out
from lumbung.disclosure.public_list import PublicList, read_tables, write_tables
from lumbung.disclosure.reading import CityList, lists_to_publish
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
class Past:
    """The public releases before, oldest first: what each showed, what stood behind it, and who is who."""

    release_ids: list[str]
    public: list[Mapping[Key, PublicList]]
    inside: list[Mapping[Key, CityList]]
    businesses: Businesses


def control(release: Release, earlier: Sequence[Release], settings: Settings, folder: Path, *,
            defences: frozenset[str] = DEFENCES) -> Controlled:
    """Choose what may be published of a release, write it as tables into `folder`, and attack what stands there.

    `earlier` are the releases that were published before, oldest first. Raises DisclosureFailed when the attack
    succeeds. With a defence switched off nothing is mended after the first choice: tests show so what each is for.
    """
    inside = lists_to_publish(release)
    past = _past(earlier, release, inside)
    decided: dict[Key, Decided] = {}
    for key, one in sorted(inside.items()):
        other = next((k for k in decided if k[1:] == key[1:]), None)
        decided[key] = decide(release, one, _shown(key, past), settings, defences,
                              Beside(decided[other].public, inside[other]) if other else None)
    lists = [one.public for one in decided.values()]
    write_tables(folder, lists)
    written, warnings = read_tables(folder), []
    for key, one in decided.items():
        found, before = (one.found, one.before) if written[key] == one.public else Attack(
            release.id, written[key], inside[key], _shown(key, past), settings).run()
        warnings += _judged(key, found, before)
        if one.choice.total_why:
            warnings.append(f"{_name(key)}: the total is {one.choice.total} ({one.choice.total_why}).")
    warnings += [f"{_name(key)}: no public list, since rule {rule} counts what the facts do not add up to by business."
                 for key, rule in lists_left_out(release)]
    warnings += [f"Release {one.id} is published but has no public tables: what it showed is not looked at."
                 for one in earlier if not (one.path / TABLES).is_dir()]
    return Controlled(lists, [row for key, one in decided.items() for row in _rows(inside[key], one.public, one.choice)
                              ], warnings)


def attack_release(release: Release, earlier: Sequence[Release], settings: Settings) -> list[str]:
    """Attack the public tables of a release as they stand, with those of the releases published by now.

    Gives the warnings. Raises DisclosureFailed when the attack succeeds.
    """
    lists = lists_to_publish(release)
    past = _past(earlier, release, lists)
    written, warnings = read_tables(release.path / TABLES), []
    for key, inside in sorted(lists.items()):
        warnings += _judged(key, *Attack(release.id, written[key], inside, _shown(key, past), settings).run())
    return warnings


def _past(earlier: Sequence[Release], now: Release, lists: Mapping[Key, CityList]) -> Past:
    there = [one for one in earlier if (one.path / TABLES).is_dir()]
    inside = [lists_to_publish(one) for one in there]
    ids = {who for one in [*inside, lists] for city_list in one.values() for cell in city_list.cells.values()
           for side in (cell.base, cell.current) for amounts in side.values() for who in amounts}
    return Past([one.id for one in there], [read_tables(one.path / TABLES) for one in there], inside,
                Businesses([*there, now], ids))


def _shown(key: Key, past: Past) -> tuple[Shown, ...]:
    return tuple(Shown(release_id, past.public[at][key], past.inside[at][key], past.businesses, at)
                 for at, release_id in enumerate(past.release_ids)
                 if key in past.public[at] and key in past.inside[at])


def _judged(key: Key, found: list[Target], before: list[Target]) -> list[str]:
    if found:
        raise DisclosureFailed(
            f"The public tables would give away the {found[0]} (and {len(found) - 1} more).", where=_name(key),
            todo="Nothing is published. This is for insiders: see docs/disclosure.md.")
    return sorted({f"{_name(key)}: earlier public releases already give away the {t}." for t in before})


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
