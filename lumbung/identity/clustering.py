"""Businesses: the components of accepted pairs of parties, with guards against chains."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

# Two candidates are too close to choose where the odds of one are less than this many powers of two above the other's.
TOO_CLOSE = 3.0
# Numbers by what they say, and which others must not differ where one agrees: an owner may have two firms. `own_nib` is
# the NIB of a party that was never told with another: one told with two may be mistaken and joins no two others.
NUMBERS = {"nib": ("own_nib", "firm"), "firm": ("nib",), "person": ("nib", "firm")}


@dataclass(frozen=True)
class Pair:
    """Two parties with the probability of their most alike records, and whether they share name but nothing else."""

    left: str
    right: str
    probability: float
    is_apart: bool = False

    @property
    def weight(self) -> float:
        """The odds for one business in powers of two."""
        return math.log2(max(self.probability, 1e-30) / max(1 - self.probability, 1e-15))

    @property
    def parties(self) -> tuple[str, str]:
        return self.left, self.right


@dataclass
class Businesses:
    """`group_of` party -> the least party of its business; `how` party -> decision, identifier, name or alone.

    `open_pairs` wait for a person, each with a reason: `grey` (not sure), `numbers_differ`, `two_candidates`, and
    `decisions_differ` (accepted, which other decisions forbid).
    """

    group_of: dict[str, str]
    how: dict[str, str]
    open_pairs: list[tuple[Pair, str]]
    is_identified: dict[str, bool]


@dataclass
class _Group:
    parties: list[str]
    numbers: dict[str, set[str]]
    refused: set[str] = field(default_factory=set)      # parties that must not join


class Clustering:
    """Joins parties step by step, the surest first; the same facts in any order give the same businesses."""

    def __init__(self, parties: Iterable[str], numbers: Iterable[tuple[str, str, str]]):
        self.groups = {party: _Group([party], defaultdict(set)) for party in sorted(parties)}
        self.leader = {party: party for party in self.groups}
        self.how = dict.fromkeys(self.groups, "alone")
        self.holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.decided: set[str] = set()
        for party, kind, number in sorted(numbers):
            self.groups[party].numbers[kind].add(number)
            self.holders[kind, number].append(party)
        for group in self.groups.values():
            if len(group.numbers["nib"]) == 1:
                group.numbers["own_nib"] |= group.numbers["nib"]

    def businesses(self, pairs: Iterable[Pair], decisions: dict[tuple[str, str], str], accept: float,
                   grey: float) -> Businesses:
        """Decisions first, then numbers that agree, then pairs by their probability.

        `decisions` come the oldest first: of accepted pairs that a refusal forbids to stand together the newer stand.
        """
        pairs = sorted(pairs, key=lambda p: (-p.probability, p.left, p.right))
        self._refuse([p for p, word in decisions.items() if word == "reject"])
        questions = self._join_decided([p for p, word in reversed(decisions.items()) if word == "accept"])
        questions += self._join_numbers()
        self._refuse([p.parties for p in pairs if p.is_apart and p.parties not in decisions])
        accepted = [p for p in pairs if p.probability >= accept and not p.is_apart]
        doubtful = self._with_two_candidates(accepted)
        for pair in accepted:
            if pair not in doubtful:
                why = self._why_not(*pair.parties)
                if not why:
                    self._join(*pair.parties, "name")
                elif why == "numbers_differ":
                    questions.append((pair, why))
        questions += [(pair, "two_candidates") for pair in accepted if pair in doubtful]
        questions += [(p, "grey") for p in pairs if grey <= p.probability < accept and not p.is_apart]
        return self._told(questions, decisions)

    def _join_decided(self, accepted: list[tuple[str, str]]) -> list[tuple[Pair, str]]:
        questions = []
        for left, right in accepted:
            if left not in self.leader or right not in self.leader:
                continue
            if self._why_not(left, right, ()):
                questions.append((Pair(left, right, 1.0), "decisions_differ"))
            else:
                self.decided |= {left, right}
                self._join(left, right, "decision")
        return questions

    def _join_numbers(self) -> list[tuple[Pair, str]]:
        """Join the holders of one number, that which says most first. Who fits two that can't be one is asked about."""
        questions, order = [], list(NUMBERS)
        for (kind, _), holders in sorted(self.holders.items(), key=lambda h: (order.index(h[0][0]), h[0])):
            guards = NUMBERS[kind]
            apart: list[str] = []                    # one party of each business that holds the number
            for party in sorted(holders, key=lambda p: (not self._is_told(p, guards), p)):
                fits = list({self.leader[one]: one for one in apart if not self._why_not(one, party, guards)}.values())
                if len(fits) == 1:
                    self._join(fits[0], party, "identifier")
                    continue
                why = "two_candidates" if fits else "numbers_differ"
                questions += [(Pair(*sorted((one, party)), 1.0), why) for one in fits or apart
                              if self._why_not(one, party, guards) != "refused"]
                apart.append(party)
        return questions

    def _is_told(self, party: str, kinds: tuple[str, ...]) -> bool:
        numbers = self.groups[self.leader[party]].numbers
        return any(numbers[kind] for kind in kinds)

    def _with_two_candidates(self, accepted: list[Pair]) -> set[Pair]:
        """Pairs whose party is as like another one, which can't be the same business as the first."""
        near: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
        for pair in accepted:
            near[pair.left].append((pair.right, pair))
            near[pair.right].append((pair.left, pair))
        doubtful: set[Pair] = set()
        for candidates in near.values():
            best = candidates[0][1].weight
            close: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
            for other, pair in candidates:
                group = self.groups[self.leader[other]]
                # Nothing keeps apart businesses without numbers and refusals.
                if best - pair.weight <= TOO_CLOSE and (group.refused or any(group.numbers.values())):
                    close[self.leader[other]].append((other, pair))
            for one, two in combinations(close, 2):
                if self._why_not(one, two):
                    doubtful |= {pair for _, pair in close[one] + close[two]}
        return doubtful

    def _refuse(self, pairs: list[tuple[str, str]]) -> None:
        for left, right in pairs:
            if left in self.leader and right in self.leader:
                self.groups[self.leader[left]].refused.add(right)
                self.groups[self.leader[right]].refused.add(left)

    def _why_not(self, left: str, right: str, guarded: tuple[str, ...] = tuple(NUMBERS)) -> str:
        """Why two parties can't be joined; "" where they can, or are."""
        one, two = self.groups[self.leader[left]], self.groups[self.leader[right]]
        if one is two:
            return ""
        small, large = sorted((one, two), key=lambda g: len(g.parties))
        if any(party in large.refused for party in small.parties):
            return "refused"
        for kind in guarded:
            if one.numbers[kind] and two.numbers[kind] and not one.numbers[kind] & two.numbers[kind]:
                return "numbers_differ"
        return ""

    def _join(self, left: str, right: str, how: str) -> None:
        for party in (left, right):
            if self.how[party] == "alone":
                self.how[party] = how
        if self.leader[left] == self.leader[right]:
            return
        small, large = sorted((self.leader[left], self.leader[right]),
                              key=lambda name: (len(self.groups[name].parties), name))
        gone = self.groups.pop(small)
        kept = self.groups[large]
        kept.parties += gone.parties
        kept.refused |= gone.refused
        for kind, found in gone.numbers.items():
            kept.numbers[kind] |= found
        for party in gone.parties:
            self.leader[party] = large

    def _told(self, questions: list[tuple[Pair, str]], decisions: dict) -> Businesses:
        least = {name: min(group.parties) for name, group in self.groups.items()}
        numbered = {name: any(group.numbers.values()) or bool(self.decided.intersection(group.parties))
                    for name, group in self.groups.items()}
        asked: dict[tuple[str, str], tuple[Pair, str]] = {}
        for pair, why in questions:
            if self.leader[pair.left] == self.leader[pair.right]:
                continue
            is_open = pair.parties not in decisions and self._why_not(*pair.parties, ()) != "refused"
            if is_open or why == "decisions_differ":
                asked.setdefault(pair.parties, (pair, why))
        return Businesses(
            group_of={party: least[name] for party, name in self.leader.items()}, how=self.how,
            open_pairs=sorted(asked.values(), key=lambda q: (-q[0].probability, *q[0].parties)),
            is_identified={party: numbered[name] for party, name in self.leader.items()})
