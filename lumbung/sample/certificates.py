"""SKA as NumPy columns: certificates over the goods of PEB documents, calibrated by the exporter's city."""

from dataclasses import dataclass

import numpy as np

from lumbung.sample.declarations import SURE, Declarations, cell_of
from lumbung.sample.world import CURRENCIES, LAST_DAY, PRODUCTS, Cities

BASES = ("fob", "invoice", "absent")
INVOICE_SHARE = 0.02   # of a window's value, so that a rule with or without invoice values ranks alike


@dataclass
class Certificates:
    """Columns of certificates, of their items and of their versions; `counts` as for declarations."""

    certs: dict[str, np.ndarray]
    items: dict[str, np.ndarray]
    versions: dict[str, np.ndarray]


def make_certificates(cities: Cities, peb: Declarations, rng: np.random.Generator) -> Certificates:
    """Certificates for most declarations that count; values reach the cities' SKA targets."""
    certs, items = _selected(cities, peb, rng)
    certs, items = _with_replaced(certs, items, rng)
    return Certificates(certs, items, _versions(certs, rng))


def _selected(cities: Cities, peb: Declarations, rng: np.random.Generator) -> tuple[dict, dict]:
    docs, n = peb.docs, len(peb.docs["city"])
    cell, target = cell_of(docs["city"], docs["registered"]), cities.ska_usd.reshape(-1)
    sure = docs["order"] < SURE
    chance = rng.random(n)
    kind = np.select([chance < 0.012, chance < 0.035], ["cancelled", "replacement"], "plain")
    kind[sure] = "plain"
    kind[(rng.random(n) < 0.035) & (kind == "plain")] = "amended"
    kind[docs["registered"] > LAST_DAY - 20] = "plain"
    basis = np.where(sure, 0, np.digitize(rng.random(n), [0.9, 0.965]))
    value = np.bincount(peb.items["doc"], peb.items["usd"], minlength=n)
    taken = docs["counts"] & (sure | (rng.random(n) < 0.75))

    def of_cells(which: np.ndarray) -> np.ndarray:
        return np.bincount(cell, np.where(which & (kind != "cancelled"), value, 0), minlength=len(target))

    # Where what is picked falls short of the target, every document of the window gets a plain certificate.
    short = (of_cells(taken & (basis == 0)) < target * 1.02)[cell] & docs["counts"]
    taken, basis, kind = taken | short, np.where(short, 0, basis), np.where(short, "plain", kind)
    invoice = of_cells(taken & (basis == 1))
    wanted = np.stack([np.where(invoice > 0, 1 - INVOICE_SHARE, 1) * target, INVOICE_SHARE * target, 0 * target])
    held = np.stack([of_cells(taken & (basis == b)) for b in range(3)])
    portion = np.divide(wanted, held, where=held > 0, out=np.full(held.shape, 0.6))
    portion[2] = 0.6

    doc = np.flatnonzero(taken)
    month_end = (docs["registered"].astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    issued = np.minimum(month_end, docs["registered"] + rng.integers(0, 6, n))
    certs = {"doc": doc, "issued": issued[doc], "kind": kind[doc], "basis": basis[doc],
             "counts": kind[doc] != "cancelled", "original": np.full(len(doc), -1),
             "short_hs": rng.random(len(doc)) < 0.2, "names_maker": rng.random(len(doc)) < 0.3}
    place = np.full(n, -1)
    place[doc] = np.arange(len(doc))
    own = np.flatnonzero(taken[peb.items["doc"]])
    return certs, _items(peb, own, place, portion[basis, cell])


def _items(peb: Declarations, own: np.ndarray, place: np.ndarray, portion: np.ndarray) -> dict[str, np.ndarray]:
    doc = peb.items["doc"][own]
    share = portion[doc]
    yen = peb.docs["currency"][doc] == CURRENCIES.index("JPY")
    minor = peb.items["minor"][own] * share
    quantity = np.maximum(1, np.rint(peb.items["quantity"][own] * share)).astype(np.int64)
    kilos = np.array([p[4] for p in PRODUCTS])[peb.items["product"][own]]
    return {
        "cert": place[doc], "number": peb.items["number"][own], "product": peb.items["product"][own],
        "minor": np.maximum(100, np.where(yen, np.rint(minor / 100) * 100, np.rint(minor))).astype(np.int64),
        "quantity": quantity, "grams": np.maximum(1, np.rint(quantity * kilos * 1000)).astype(np.int64)}


def _with_replaced(certs: dict, items: dict, rng: np.random.Generator) -> tuple[dict, dict]:
    """Add the certificate that each replacement replaces: issued earlier, same goods, no longer counted."""
    again, n = np.flatnonzero(certs["kind"] == "replacement"), len(certs["doc"])
    first = certs["issued"][again].astype("datetime64[M]").astype("datetime64[D]")
    clone = {name: values[again].copy() for name, values in certs.items()}
    clone |= {"issued": np.maximum(first, certs["issued"][again] - rng.integers(1, 7, len(again))),
              "kind": np.full(len(again), "replaced"), "counts": np.zeros(len(again), dtype=bool)}
    certs["original"][again] = n + np.arange(len(again))
    taken = np.flatnonzero(np.isin(items["cert"], again))
    copy = {name: values[taken].copy() for name, values in items.items()}
    copy["cert"] = n + np.searchsorted(again, copy["cert"])
    joined = {name: np.concatenate([certs[name], clone[name]]) for name in certs}
    joined["follows"] = np.full(len(joined["doc"]), np.datetime64("NaT"), dtype="datetime64[D]")
    joined["follows"][n:] = certs["issued"][again]
    return joined, {name: np.concatenate([items[name], copy[name]]) for name in items}


def _versions(certs: dict, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """One line a version: the certificate as issued, then as amended, replaced or cancelled."""
    n, nat = len(certs["doc"]), np.datetime64("NaT")
    amended = np.flatnonzero(certs["kind"] == "amended")
    cancelled = np.flatnonzero(certs["kind"] == "cancelled")
    replaced = np.flatnonzero(certs["kind"] == "replaced")
    told = replaced[rng.random(len(replaced)) < 0.5]      # of the others only the replacement tells
    first = np.full(n, 10_000)
    first[amended] = 8_800 + rng.integers(0, 1_150, len(amended))
    later = np.minimum(LAST_DAY, certs["issued"] + rng.integers(2, 18, n))
    parts = [
        (np.arange(n), np.full(n, nat, dtype="datetime64[D]"), np.full(n, "issued"), first),
        (amended, later[amended], np.full(len(amended), "amended"), np.full(len(amended), 10_000)),
        (cancelled, later[cancelled], np.full(len(cancelled), "cancelled"), first[cancelled]),
        (told, certs["follows"][told], np.full(len(told), "replaced"), first[told])]
    names = ("cert", "amended", "status", "per_10000")
    return {name: np.concatenate([part[i] for part in parts]) for i, name in enumerate(names)}
