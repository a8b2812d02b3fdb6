"""Which makers an exporter ships for: owners of the items of a declaration, maker of a certificate's goods."""

from collections import defaultdict

import numpy as np

from lumbung.sample.certificates import Certificates
from lumbung.sample.declarations import Declarations
from lumbung.sample.enrolments import Enrolments
from lumbung.sample.parties import Parties
from lumbung.sample.world import FIRST_DAY, WINNER, Cities

A_DOCUMENT, ONCE = 3, 13     # makers of a declaration, and of one in Depok


def name_makers(cities: Cities, peb: Declarations, ska: Certificates, parties: Parties, enrolments: Enrolments,
                rng: np.random.Generator) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Columns (doc, place, maker) of owners and (cert, maker) of certificates.

    Of the city's makers that export by then, those who have just begun come first, so that it shows.
    """
    pool = _Pool(parties, enrolments, rng)
    docs, certs = peb.docs, ska.certs
    clone = np.full(len(docs["city"]), -1)
    again = np.flatnonzero(docs["original"] >= 0)
    clone[docs["original"][again]] = again
    own = np.flatnonzero(docs["has_owners"] & (clone < 0))
    named = np.flatnonzero(certs["names_maker"])
    days = np.concatenate([docs["registered"][own], certs["issued"][named]])
    city = np.concatenate([docs["city"][own], docs["city"][certs["doc"][named]]])
    counts = np.concatenate([docs["counts"][own], certs["counts"][named]])
    depok = cities.index(WINNER)
    big = next((i for i in np.argsort(days, kind="stable").tolist()
                if i < len(own) and city[i] == depok and counts[i] and days[i] > np.datetime64("2023-06-01")), -1)
    owners: dict[int, list[int]] = {}
    makers: dict[int, int] = {}
    for i in np.argsort(days, kind="stable").tolist():
        if i < len(own):
            owners[int(own[i])] = pool.take(ONCE if i == big else A_DOCUMENT, int(city[i]), days[i], bool(counts[i]))
        elif chosen := pool.take(1, int(city[i]), days[i], bool(counts[i]), with_twins=False):
            makers[int(named[i - len(own)])] = chosen[0]
    for doc in np.flatnonzero(docs["has_owners"] & (clone >= 0)).tolist():    # cancelled and filed again
        owners[doc] = owners.get(int(clone[doc]), [])
    lines = [(doc, place, maker) for doc, chosen in sorted(owners.items())
             for place, maker in enumerate(chosen, start=1)]
    told = sorted(makers.items())
    return ({name: np.array([line[i] for line in lines], dtype=np.int64)
             for i, name in enumerate(("doc", "place", "maker"))},
            {name: np.array([line[i] for line in told], dtype=np.int64) for i, name in enumerate(("cert", "maker"))})


class _Pool:
    """The makers of each city that others export for, from the day on that each is seen."""

    def __init__(self, parties: Parties, enrolments: Enrolments, rng: np.random.Generator):
        self.rng, self.first = rng, enrolments.first_seen
        self.has_twin = parties.makers["has_twin"].to_numpy(zero_copy_only=False)
        city = parties.makers["city"].to_numpy()
        self.coming, self.fresh, self.known = defaultdict(list), defaultdict(list), defaultdict(list)
        seen = np.flatnonzero(~np.isnat(self.first))
        for maker in seen[np.argsort(self.first[seen], kind="stable")][::-1].tolist():
            self.coming[int(city[maker])].append(maker)

    def take(self, count: int, city: int, day: np.datetime64, counts: bool, *, with_twins: bool = True) -> list[int]:
        """Makers of a city; `counts` tells whether the document shows them exporting."""
        coming, fresh, known = self.coming[city], self.fresh[city], self.known[city]
        while coming and self.first[coming[-1]] <= day:
            known.append(coming.pop())
            if self.first[known[-1]] > FIRST_DAY:
                fresh.append(known[-1])
        chosen: list[int] = []
        if counts and fresh:
            chosen = [maker for maker in fresh if with_twins or not self.has_twin[maker]][:count]
            self.fresh[city] = fresh = [maker for maker in fresh if maker not in chosen]
        start = int(self.rng.integers(0, max(1, len(known))))
        for step in range(len(known)):
            if len(chosen) >= count:
                break
            maker = known[(start + step) % len(known)]
            if maker not in chosen and maker not in fresh and (with_twins or not self.has_twin[maker]):
                chosen.append(maker)
        return chosen
