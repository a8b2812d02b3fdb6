"""Decides on one list: chooses, attacks what would be published, and withholds more until the attack finds nothing."""

from dataclasses import dataclass

from lumbung.disclosure.attack import TOTAL, Attack, Target
from lumbung.disclosure.choosing import DEFENCES, FRESH, SECONDARY, Beside, Choice, Chooser
from lumbung.disclosure.histories import Shown
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.public_rows import public_list
from lumbung.disclosure.reading import CityList, Release
from lumbung.disclosure.settings import Settings


@dataclass(frozen=True)
class Decided:
    """What would be published of a list and why; what an attack on it found, what was given away before."""

    public: PublicList
    choice: Choice
    found: list[Target]
    before: list[Target]


def decide(release: Release, inside: CityList, history: tuple[Shown, ...], settings: Settings,
           defences: frozenset[str] = DEFENCES, beside: Beside | None = None) -> Decided:
    """Decide on a list of a release, given the earlier public lists of its key, oldest first, and that of the other
    basis where it is decided already.

    With a defence switched off nothing is mended after the first choice, and `found` may hold something.
    """
    rule = next((r for r in release.manifest.get("rules", []) if (r["rule_name"], r["rule_version"], r["basis"]) == (
        inside.rule_name, inside.rule_version, inside.basis)), {})
    chooser = Chooser(inside, history, settings, defences, beside)
    choice = chooser.choose()
    while True:
        public = public_list(inside, choice, rule, chooser.earlier_total(), ranks_by_shown="rank" in defences)
        found, before = Attack(release.id, public, inside, history, settings).run()
        if not found or defences != DEFENCES or not _mend(chooser, choice, found[0]):
            return Decided(public, choice, found, before)
        if choice.total == FRESH:
            chooser.settle(choice)


def _mend(chooser: Chooser, choice: Choice, target: Target) -> bool:
    """Withhold more, by what the attack has found; False where there is nothing left to withhold."""
    alike = {s.release_id: s for s in chooser.history}
    if target.since and choice.is_fresh(chooser.now, target.area):
        chooser.keep_or_withhold(choice, target.area)
        return True
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
