"""Businesses: the components of accepted pairs of parties, with guards against chains."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

# Two candidates this close for one party are a question for a person, not a guess.
TOO_CLOSE = 0.02
# Numbers by what they say, and which others must not differ where one agrees: an owner may have two firms.
NUMBERS = {"nib": (), "firm": ("nib",), "person": ("nib", "firm")}


@dataclass(frozen=True)
class Pair:
    """Two parties with the probability of their most alike records, and whether they share name but nothing else."""

    left: str
    right: str
    probability: float
    is_apart: bool = False

    @property
    def parties(self) -> tuple[str, str]:
        return self.left, self.right


@dataclass
class Businesses:
    """`group_of` party -> the least party of its business; `how` party -> decision, identifier, name or alone.

    `open_pairs` wait for a person, each with a reason: `grey` (not sure), `numbers_differ`, `two_candidates`.
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

    def businesses(self, pairs: Iterable[Pair], decisions: dict[tuple[str, str], str], accept: float,
                   grey: float) -> Businesses:
        """Decisions first, then numbers that agree, then pairs by their probability."""
        pairs = sorted(pairs, key=lambda p: (-p.probability, p.left, p.right))
        self._refuse([p for p, word in decisions.items() if word == "reject"])
        for (left, right), word in sorted(decisions.items()):
            if word == "accept" and left in self.leader and right in self.leader:
                self.decided |= {left, right}
                self._join(left, right, "decision")
        questions = self._join_numbers()
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

    def _join_numbers(self) -> list[tuple[Pair, str]]:
        """Join the holders of one number, that which says most first."""
        questions, order = [], list(NUMBERS)
        for (kind, _), holders in sorted(self.holders.items(), key=lambda h: (order.index(h[0][0]), h[0])):
            for other in holders[1:]:
                why = self._why_not(holders[0], other, NUMBERS[kind])
                if not why:
                    self._join(holders[0], other, "identifier")
                elif why == "numbers_differ":
                    questions.append((Pair(*sorted((holders[0], other)), 1.0), why))
        return questions

    def _with_two_candidates(self, accepted: list[Pair]) -> set[Pair]:
        """Pairs whose party is as like another one, which can't be the same business as the first."""
        near: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
        for pair in accepted:
            near[pair.left].append((pair.right, pair))
            near[pair.right].append((pair.left, pair))
        doubtful: set[Pair] = set()
        for candidates in near.values():
            best = candidates[0][1].probability
            close = [(other, pair) for other, pair in candidates if best - pair.probability <= TOO_CLOSE]
            for place, (one, pair) in enumerate(close):
                for two, rival in close[place + 1:]:
                    if self._why_not(one, two):
                        doubtful |= {pair, rival}
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
        small, large = sorted({self.leader[left], self.leader[right]},
                              key=lambda name: (len(self.groups[name].parties), name)) if (
            self.leader[left] != self.leader[right]) else (None, None)
        if small is None:
            return
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
            if self.leader[pair.left] != self.leader[pair.right] and pair.parties not in decisions:
                asked.setdefault(pair.parties, (pair, why))
        return Businesses(
            group_of={party: least[name] for party, name in self.leader.items()}, how=self.how,
            open_pairs=sorted(asked.values(), key=lambda q: (-q[0].probability, *q[0].parties)),
            is_identified={party: numbered[name] for party, name in self.leader.items()})
