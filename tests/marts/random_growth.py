"""Random exports of a few cities, and what the method makes of them, computed anew in fractions."""

import random
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import count

from loaded_warehouse import Warehouse, aju

CITIES = ("32.01", "32.73", "32.76", "32", None)
EXPORTERS = (*"abcdefg", None)
PRODUCTS = ("46021190", "94036090", "09011110")
MARKETS = ("AU", "JP", None)
WEIGHTS = ("10.0000", "3.1234", "0.0001", "250000.5000", "900000000.0000", None, None)
# K1 has a year without February, so that month is compared in neither.
MONTHS = [(year, month) for year in (2022, 2023, 2024) for month in range(1, 13)
          if (year, month) not in ((2022, 2),) and (year, month) < (2024, 10)]


def plant(w: Warehouse, seed: int, rows: int = 1500) -> None:
    """Send declarations and certificates, real and made-up, drawn by `seed`."""
    draw, numbers = random.Random(seed), count(1)
    w.peb(*(_declaration(draw, next(numbers)) for _ in range(rows)), name="declared.csv")
    w.ska(*(_certificate(draw, next(numbers)) for _ in range(rows // 3)), name="certified.csv")
    w.resolve_as({"k1:a": "ikm_ab", "k1:b": "ikm_ab", "k1:c": "ikm_c", "k1:d": "ikm_d"})


def _common(draw: random.Random) -> dict:
    year, month = draw.choice(MONTHS)
    exporter = draw.choice(EXPORTERS)
    return {"day": f"{year}-{month:02}-{draw.randint(1, 28):02}", "exporter_party_key": exporter and f"k1:{exporter}",
            "destination_country_code": draw.choice(MARKETS), "net_weight_kg": draw.choice(WEIGHTS),
            "currency": draw.choice(["USD", "USD", "USD", "XXX"]), "is_synthetic": draw.random() < 0.2,
            "amount": str(Decimal(draw.choice([draw.randint(0, 300), draw.randint(0, 10_000_000)])) / 100)}


def _declaration(draw: random.Random, number: int) -> dict:
    row = _common(draw)
    return {"nomor_aju": aju(number), "registered_on": row.pop("day"), "item_fob": row.pop("amount"),
            "hs_code": draw.choice(PRODUCTS), "origin_region_code": draw.choice(CITIES),
            "is_oil_gas": draw.random() < 0.05, **row}


def _certificate(draw: random.Random, number: int) -> dict:
    row = _common(draw)
    return {"certificate_number": f"{number:05}/BDG", "issued_on": row.pop("day"), "item_value": row.pop("amount"),
            "hs_code": draw.choice(PRODUCTS)[:6], "exporter_region_code": draw.choice(CITIES),
            "maker_party_key": draw.choice([None, None, "k1:maker"]), **row}


def windows(w: Warehouse) -> dict[tuple, dict[tuple, list]]:
    """List and city -> (exporter, product, market) -> [base cents, current cents, base kg, current kg, is weighed].

    Lists of the last month of each year, from the facts as the build has them.
    """
    business = dict(w.rows("SELECT party_key, ikm_id FROM marts.bridge_party_business"))
    facts = w.rows("""
        SELECT 'peb', is_synthetic, region_code, year(registered_on), month(registered_on), exporter_party_key,
            hs_code[:6], destination_country_code, fob_usd, net_weight_kg, is_in_scope FROM marts.fct_export_item
        UNION ALL SELECT 'ska', is_synthetic, region_code, year(issued_on), month(issued_on), exporter_party_key,
            hs_code[:6], destination_country_code, value_usd, net_weight_kg, true FROM marts.fct_certificate_item""")
    there = {(fact[0], fact[1], *fact[3:5]) for fact in facts if fact[2].startswith("32")}
    found: dict[tuple, dict[tuple, list]] = defaultdict(
        lambda: defaultdict(lambda: [0, 0, Fraction(0), Fraction(0), True]))
    for basis, synthetic, city, year, month, party, product, market, usd, kg, in_scope in facts:
        if not in_scope or not city.startswith("32"):
            continue
        for side, current in ((1, year), (0, year + 1)):
            if {(basis, synthetic, current, month), (basis, synthetic, current - 1, month)} <= there:
                cell = found[basis, synthetic, current, city][business[party], product, market]
                cell[side] += int((usd or 0) * 100)
                cell[2 + side] += Fraction(kg or 0)
                cell[4] &= usd is not None and bool(kg)
    return found


def by(cells: dict[tuple, list], part: int) -> dict[str, tuple[int, int]]:
    """The cells summed by exporter (0), product (1) or market (2): base and current cents, what is nothing left out."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key, cell in cells.items():
        sums[key[part]][0] += cell[0]
        sums[key[part]][1] += cell[1]
    return {key: tuple(both) for key, both in sums.items() if any(both)}


def margins(cells: dict[tuple, list]) -> dict[str, int]:
    """The change of each margin in cents, as the method defines them."""
    exporters = by(cells, 0)
    found: dict[str, int] = defaultdict(int)
    for (exporter, *_), (base, current, base_kg, current_kg, is_weighed) in cells.items():
        if not base and not current:
            continue
        of_exporter = exporters[exporter]
        if not of_exporter[0]:
            found["entering"] += current
        elif not of_exporter[1]:
            found["leaving"] -= base
        elif not base:
            found["added"] += current
        elif not current:
            found["dropped"] -= base
        elif not is_weighed:
            found["unsplit"] += current - base
        else:
            if max(base_kg, current_kg) >= 400_000_000:      # counted in whole kilograms, at least one
                base_kg, current_kg = (max(Fraction(_half_up(kg)), Fraction(1)) for kg in (base_kg, current_kg))
            quantity = _half_up((base / base_kg + current / current_kg) / 2 * (current_kg - base_kg))
            found["quantity"] += quantity
            found["price"] += current - base - quantity
    return dict(found)


def _half_up(value: Fraction) -> int:
    sign = -1 if value < 0 else 1
    return sign * int((2 * abs(value.numerator) + value.denominator) // (2 * value.denominator))


def percent(base: int, current: int) -> Decimal | None:
    """Growth as it is printed."""
    if not base:
        return None
    return (Decimal(100) * (current - base) / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
