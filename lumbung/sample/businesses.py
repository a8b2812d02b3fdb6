"""Made-up businesses: what they are called, who owns them, and the numbers that they were never given.

Trade words are those that real names are made of; whatever could name somebody is composed of syllables.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lumbung.sample.world import invented_words

FIRMS, PERSONS = ("CV", "PT"), ("UD", "PO", None)
TRADES = ("Jati", "Kursi", "Rotan", "Batik", "Batik", "Sablon", "Ecoprint", "Tenun", "Tas", "Kulit", "Kriya", "Anyaman",
          "Bambu", "Kopi", "Kopi", "Rempah", "Rempah", "Snack", "Sepatu", "Sandal", "Keramik", "Keramik", "Mainan",
          "Perhiasan")
VIRTUES = ("Jaya", "Mandiri", "Sari", "Karya", "Makmur", "Sejahtera", "Abadi", "Indah", "Berkah", "Utama", "Lestari",
           "Bersama")
TITLES = ("Ibu", "Bu", "Hj.", "Pak", "Bapak", "H.")
WOMEN, MEN = TITLES[:3], TITLES[3:]


@dataclass(frozen=True)
class Business:
    """`words` of its name without legal form, `other_words` of the name that it has elsewhere; owner in three parts."""

    words: tuple[str, ...]
    other_words: tuple[str, ...]
    form: str | None
    title: str
    first: str
    second: str

    @property
    def name(self) -> str:
        return called(self.form, self.words)

    @property
    def owner(self) -> str:
        return f"{self.title} {self.first} {self.second}"


def called(form: str | None, words: tuple[str, ...]) -> str:
    """A name as it is mostly written: legal form first."""
    return " ".join(filter(None, (form, *words)))


def make_businesses(product: np.ndarray, is_firm: np.ndarray, twin_of: np.ndarray,
                    rng: np.random.Generator) -> list[Business]:
    """A business a line of `product` (its index). `twin_of` is the earlier business whose name it shares, or -1.

    No two others have the same words, in whatever order, and no two owners the same name.
    """
    n = len(product)
    heads, firsts, seconds = (invented_words(size, rng) for size in (200 + n // 2, 60 + n // 20, 150 + n // 3))
    draws = {"head": rng.integers(0, len(heads), (n, 2)), "pattern": rng.integers(0, 6, (n, 2)),
             "virtue": rng.integers(0, len(VIRTUES), (n, 4)), "form": rng.integers(0, 6, n),
             "first": rng.integers(0, len(firsts), n), "second": rng.integers(0, len(seconds), n),
             "title": rng.integers(0, len(TITLES), n)}
    told = {name: values.tolist() for name, values in draws.items()}
    names: set[tuple[str, ...]] = set()
    owners: set[tuple[str, str]] = set()
    made: list[Business] = []
    for i, (trade, firm, twin) in enumerate(zip(product.tolist(), is_firm.tolist(), twin_of.tolist(), strict=True)):
        first, second = _unused(owners, lambda turn, i=i: (
            firsts[told["first"][i]], seconds[(told["second"][i] + turn) % len(seconds)]))
        title = TITLES[told["title"][i]]

        def words(turn: int, which: int, i: int = i, trade: int = trade, title: str = title,
                  first: str = first) -> tuple[str, ...]:
            one, two = (VIRTUES[v] for v in told["virtue"][i][2 * which:2 * which + 2])
            head = heads[(told["head"][i][which] + turn) % len(heads)]
            return _words(told["pattern"][i][which], TRADES[trade], head, one, two, f"{title} {first}", turn)

        main = made[twin].words if twin >= 0 else _unused(names, lambda turn: words(turn, 0))
        form = FIRMS[told["form"][i] % 2] if firm else PERSONS[told["form"][i] % 3]
        other = _unused(names, lambda turn: words(turn, 1))
        made.append(Business(main, other, made[twin].form if twin >= 0 else form, title, first, second))
    return made


def _words(pattern: int, trade: str, head: str, one: str, two: str, person: str, turn: int) -> tuple[str, ...]:
    if pattern == 3 and turn == 0:                       # Batik Ibu …: only the first of its name is called so
        return (trade, *person.split())
    match pattern:
        case 0:
            return trade, head
        case 1:
            return head, one
        case 2 if one != two:
            return one, head, two
        case 4:
            return head, trade, one
    return trade, one, head


def _unused(taken: set, candidate: Callable[[int], tuple[str, ...]]) -> tuple[str, ...]:
    """The first candidate whose words nobody has, in any order and but for titles; it is taken then."""
    turn = 0
    while (key := tuple(sorted(word for word in candidate(turn) if word not in TITLES))) in taken:
        turn += 1
    taken.add(key)
    return candidate(turn)
