"""PEB documents and items as NumPy columns: who exported what, when, and which version counts."""

import functools
from dataclasses import dataclass
from datetime import date

import numpy as np
from currency_converter import CurrencyConverter

from lumbung.sample.world import (
    CURRENCIES,
    DESTINATIONS,
    FEW_EXPORTERS,
    FIRST_DAY,
    ISSUERS,
    LAST_DAY,
    OFFICES,
    PRODUCTS,
    WINNER,
    YEARS,
    Cities,
)

SURE = 4   # the first documents of a city in a window are plain, so that it always has its exporters


@dataclass
class Declarations:
    """Columns of documents (`doc_*`), of items (`item_*`), of exporters (`exp_*`) and of versions (`ver_*`).

    A document counts (`doc_counts`) when its newest version is a registered, not cancelled declaration.
    `item_minor` is FOB in hundredths of the document's currency, as its newest version states it.
    """

    docs: dict[str, np.ndarray]
    items: dict[str, np.ndarray]
    exporters: dict[str, np.ndarray]
    versions: dict[str, np.ndarray]


@dataclass(frozen=True)
class Rates:
    """Daily rates from the European Central Bank: (day, currency), from 2021-01-01 on."""

    usd: np.ndarray   # dollars for one unit
    idr: np.ndarray   # rupiah for one unit, as the week's customs rate

    def of(self, table: np.ndarray, day: np.ndarray, currency: np.ndarray) -> np.ndarray:
        return table[(day - FIRST_DAY).astype(int), currency]


@functools.cache
def make_rates() -> Rates:
    """Rates of every day; the customs rate is that of the Monday before its week (Wednesday to Tuesday)."""
    ecb = CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known",
                            fallback_on_wrong_date=True)
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    usd = np.array([[ecb.convert(1, c, "USD", date=d) for c in CURRENCIES] for d in _dates(days)])
    weekday = (days.astype(int) + 3) % 7                  # Monday is 0
    monday = days - 2 - (weekday - 2) % 7
    weeks, place = np.unique(monday, return_inverse=True)
    weekly = np.array([[round(ecb.convert(1, c, "IDR", date=d), 2) for c in CURRENCIES] for d in _dates(weeks)])
    return Rates(usd=usd, idr=weekly[place])


def make_declarations(cities: Cities, rates: Rates, rows: int, rng: np.random.Generator) -> Declarations:
    """About `rows` items in documents of 45 months, calibrated to the cities' targets."""
    docs = _documents(cities, rows, rng)
    exporters = _exporters(cities, docs, rng)
    _fill(docs, exporters, rng)
    items = _items(cities, docs, rows, rng)
    _calibrate(cities, docs, items, rates)
    docs, items = _refiled(docs, items, rng)
    return Declarations(docs, items, exporters, _versions(docs, rng))


def cell_of(city: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Number of a (city, year, part) cell."""
    months = day.astype("datetime64[M]").astype(int)
    return (city * len(YEARS) + months // 12 + 1970 - YEARS[0]) * 2 + (months % 12 >= 9)


def _dates(days: np.ndarray) -> list[date]:
    return days.astype(object).tolist()


def _documents(cities: Cities, rows: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    target = cities.peb_usd.reshape(-1)
    # 2.9 items a document, and about one in fourteen is sent again: corrected, cancelled or refiled.
    wanted = rows / 3.1 * target / np.bincount(np.zeros(len(target), dtype=int), target)[0]
    least = np.tile([SURE, 1], len(target) // 2)
    count = np.where(target > 0, np.maximum(least, np.rint(wanted)), 0).astype(int)
    cell = np.repeat(np.arange(len(target)), count)
    order = np.arange(len(cell)) - np.repeat(np.cumsum(count) - count, count)
    city, year, part = np.unravel_index(cell, cities.peb_usd.shape)
    through = (order + rng.random(len(cell))) / count[cell]
    month = np.where(part == 0, (through * 9).astype(int), 9 + (through * 3).astype(int))
    first = (np.array(YEARS[0]) - 1970 + year).astype("datetime64[Y]").astype("datetime64[M]") + month
    day = first.astype("datetime64[D]") + rng.integers(0, 28, len(cell))
    return {"city": city, "order": order, "registered": day, "original": np.full(len(cell), -1)}


def _exporters(cities: Cities, docs: dict, rng: np.random.Generator) -> dict[str, np.ndarray]:
    per_city = np.bincount(docs["city"], minlength=len(cities.codes))
    count = np.where(per_city > 0, np.maximum(SURE, per_city // 6), 0)
    count[cities.index(FEW_EXPORTERS)] = 2
    city = np.repeat(np.arange(len(count)), count)
    n = len(city)
    start = np.cumsum(count) - count
    skew = (rng.random(len(docs["city"])) ** 2 * count[docs["city"]]).astype(int)
    sure = (docs["order"] + docs["city"]) % np.maximum(1, count[docs["city"]])
    docs["exporter"] = start[docs["city"]] + np.where(docs["order"] < SURE, sure, skew)
    told = {"city": city, "product": rng.integers(0, len(PRODUCTS), n), "has_16": rng.random(n) < 0.3,
            "says_region": rng.random(n) >= 0.1, "is_ikm": rng.random(n) < 0.45}
    # In most cities the first exporter ships for makers; in Depok everyone does, so that outcomes there can be seen.
    first = np.isin(np.arange(n), start[per_city > 0]) & (rng.random(n) < 0.6)
    told["ships_for_makers"] = first | (city == cities.index(WINNER))
    told["issuer"] = rng.integers(0, len(ISSUERS), n)
    return told


def _fill(docs: dict, exporters: dict, rng: np.random.Generator) -> None:
    n = len(docs["city"])
    docs["product"] = exporters["product"][docs["exporter"]]
    docs["destination"] = rng.integers(0, len(DESTINATIONS), n)
    own = np.array([CURRENCIES.index(d[2]) for d in DESTINATIONS])[docs["destination"]]
    share = np.array([d[3] for d in DESTINATIONS])[docs["destination"]]
    docs["currency"] = np.where(rng.random(n) < share, own, 0)
    docs["office"] = rng.integers(0, len(OFFICES), n)
    docs["lodged"] = docs["registered"] - (rng.random(n) < 0.3)
    chance, later = rng.random(n), docs["order"] >= SURE
    kinds = np.select([later & (chance < 0.015), later & (chance < 0.045), later & (chance < 0.055), chance < 0.09],
                      ["cancelled", "refiled", "unregistered", "corrected"], "plain")
    kinds[(kinds == "corrected") & (docs["registered"] > LAST_DAY - 12)] = "plain"
    kinds[(kinds == "cancelled") & (docs["registered"] > LAST_DAY - 12)] = "plain"
    docs["kind"] = kinds
    docs["counts"] = ~np.isin(kinds, ["cancelled", "unregistered"])
    docs["has_owners"] = exporters["ships_for_makers"][docs["exporter"]] & (rng.random(n) < 0.6)


def _items(cities: Cities, docs: dict, rows: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    n_docs = len(docs["city"])
    mean = min(2.9, max(1.0, rows / n_docs))
    count = 1 + (rng.random(n_docs) * 2 * (mean - 1) + 0.5).astype(int)
    doc = np.repeat(np.arange(n_docs), count)
    n = len(doc)
    number = 1 + np.arange(n) - np.repeat(np.cumsum(count) - count, count)
    origin = docs["city"][doc].copy()
    ordinary = cities.ordinary
    chance = rng.random(n)
    moves = (number > 1) & np.isin(origin, ordinary) & (chance < 0.05)
    origin[moves] = ordinary[(np.searchsorted(ordinary, origin[moves]) + 1) % len(ordinary)]
    origin[(number > 1) & (chance > 0.985)] = -1
    return {"doc": doc, "number": number, "origin": origin, "weight": _weights(doc, n_docs, rng),
            "drift": rng.integers(0, 4, n), "price": 0.8 + 0.4 * rng.random(n)}


def _weights(doc: np.ndarray, n_docs: int, rng: np.random.Generator) -> np.ndarray:
    # Sums and powers only: exp and log differ in the last digit between processors, and bytes must not.
    size = 0.4 + rng.random(n_docs) + 3 * rng.random(n_docs) ** 6
    return size[doc] * (0.3 + rng.random(len(doc)) + 2 * rng.random(len(doc)) ** 4)


def _calibrate(cities: Cities, docs: dict, items: dict, rates: Rates) -> None:
    """Scale values so that what counts adds up to the target of each (city, year, part); then split into goods."""
    doc, origin = items["doc"], items["origin"]
    day = docs["registered"][doc]
    cell = cell_of(np.where(origin < 0, docs["city"][doc], origin), day)
    counted = docs["counts"][doc] & (origin >= 0)
    total = np.bincount(cell, np.where(counted, items["weight"], 0), minlength=cities.peb_usd.size)
    usd = items["weight"] * np.divide(cities.peb_usd.reshape(-1), total, where=total > 0,
                                      out=np.zeros(cities.peb_usd.size))[cell]
    currency = docs["currency"][doc]
    amount = usd / rates.of(rates.usd, day, currency)
    yen = currency == CURRENCIES.index("JPY")
    items["minor"] = np.maximum(100, np.where(yen, np.rint(amount) * 100, np.rint(amount * 100))).astype(np.int64)
    product = (items["drift"] + docs["product"][doc]) % len(PRODUCTS)
    items["product"] = product
    quantity = np.maximum(1, np.rint(usd / (np.array([p[3] for p in PRODUCTS])[product] * items["price"])))
    items["quantity"] = quantity.astype(np.int64)
    kilos = np.array([p[4] for p in PRODUCTS])[product]
    items["grams"] = np.maximum(1, np.rint(quantity * kilos * 1000)).astype(np.int64)
    items["usd"] = usd
    docs["ndpbm_cents"] = np.rint(rates.of(rates.idr, docs["registered"], docs["currency"]) * 100).astype(np.int64)


def _refiled(docs: dict, items: dict, rng: np.random.Generator) -> tuple[dict, dict]:
    """Add the cancelled original of every refiled document: lodged a few days before, same goods."""
    again = np.flatnonzero(docs["kind"] == "refiled")
    n = len(docs["city"])
    first = docs["registered"][again].astype("datetime64[M]").astype("datetime64[D]")
    before = np.maximum(first, docs["registered"][again] - rng.integers(2, 9, len(again)))
    clone = {name: values[again].copy() for name, values in docs.items()}
    clone |= {"registered": before, "lodged": before, "kind": np.full(len(again), "replaced"),
              "counts": np.zeros(len(again), dtype=bool)}
    docs["original"][again] = n + np.arange(len(again))
    taken = np.flatnonzero(np.isin(items["doc"], again))
    copy = {name: values[taken].copy() for name, values in items.items()}
    copy["doc"] = n + np.searchsorted(again, copy["doc"])
    joined = {name: np.concatenate([docs[name], clone[name]]) for name in docs}
    joined["cancelled"] = np.full(len(joined["city"]), np.datetime64("NaT"), dtype="datetime64[D]")
    joined["cancelled"][n:] = docs["registered"][again]
    gone = np.flatnonzero(joined["kind"] == "cancelled")
    joined["cancelled"][gone] = joined["registered"][gone] + rng.integers(2, 12, len(gone))
    return joined, {name: np.concatenate([items[name], copy[name]]) for name in items}


def _versions(docs: dict, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """One line a version; `per_10000` is what its values are of those in the newest version."""
    n = len(docs["city"])
    all_docs, nat = np.arange(n), np.datetime64("NaT")
    corrected = np.flatnonzero(docs["kind"] == "corrected")
    twice = corrected[rng.random(len(corrected)) < 0.2]
    cancelled = np.flatnonzero(~np.isnat(docs["cancelled"]))
    once = np.zeros(n, dtype=bool)
    once[cancelled[rng.random(len(cancelled)) < 0.3]] = True      # sent once only, already cancelled
    told = cancelled[~once[cancelled]]
    first = np.full(n, 10_000)
    first[corrected] = 8_500 + rng.integers(0, 3_400, len(corrected)) + 50
    noted = np.minimum(LAST_DAY, docs["registered"] + rng.integers(5, 40, n))
    noted2 = np.minimum(LAST_DAY, noted + rng.integers(1, 20, n))
    last = np.full(n, 10_000)
    last[twice] = first[twice] + (10_000 - first[twice]) // 2
    blank = np.full(n, nat, dtype="datetime64[D]")
    parts = [
        (all_docs, np.zeros(n, dtype=int), blank, np.where(once, docs["cancelled"], nat), first),
        (corrected, np.ones(len(corrected), dtype=int), noted[corrected], blank[corrected], last[corrected]),
        (twice, np.full(len(twice), 2), noted2[twice], blank[twice], np.full(len(twice), 10_000)),
        (told, np.ones(len(told), dtype=int), docs["cancelled"][told], docs["cancelled"][told], first[told])]
    names = ("doc", "note", "noted", "cancelled", "per_10000")
    return {name: np.concatenate([part[i] for part in parts]) for i, name in enumerate(names)}
