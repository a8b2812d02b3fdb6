"""The public rows of a list, as chosen. Ranks, flags and shares are made of what is shown, not of what is withheld."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from lumbung.disclosure.choosing import FRESH, KEPT, Choice
from lumbung.disclosure.public_list import KEPT as NOT_REVISED
from lumbung.disclosure.public_list import ORDER, WITHHELD, PublicList
from lumbung.disclosure.reading import City, CityList
from lumbung.report import words

FINAL, PROVISIONAL = "final", "sementara"
SAME, OTHER = "tetap", "berubah"
FEW_SHIPMENTS = "bergantung pada sedikit pengiriman"
FIGURES = ("base_usd", "current_usd", "change_usd", "growth_pct", "exporters", "few_shipments", "other_rules")


def public_list(now: CityList, choice: Choice, rule: Mapping, earlier_total: dict | None, *,
                ranks_by_shown: bool = True) -> PublicList:
    """What is published of a list. `rule` is the manifest's row of its rule, `earlier_total` the total that is kept."""
    keys = {"basis": now.basis, "is_synthetic": now.is_synthetic, "province_code": now.province_code,
            "year": now.year, "through_month": now.through}
    marks = {"status": FINAL if now.is_final else PROVISIONAL, "data_kind": words.MADE_UP if now.is_synthetic else ""}
    fresh = sorted(code for code in now.cities if choice.is_fresh(now, code))
    # A rank without figures bounds them by those of its neighbours, so that who is withheld has no rank either.
    bare = [] if ranks_by_shown else list(choice.withheld)
    shown = sorted([*fresh, *choice.kept, *bare])
    growths = {code: _growth(now, choice, code, ranks_by_shown) for code in shown}
    places = _ranks(growths)
    total = _total(now, choice, earlier_total, keys, marks, rule, len(shown))
    made = PublicList(total)
    for code in shown:
        own = (choice.kept[code] if code in choice.kept else dict.fromkeys(FIGURES) if code in bare
               else _figures(now, now.cities[code], {c: growths[c] for c in fresh}, growths))
        made.ranking.append({
            **keys, "region_code": code, "region_name": now.cities[code].region_name, "rank": places[code],
            **{name: own[name] for name in FIGURES}, "share_pct": _share(own["current_usd"], total["current_usd"]),
            "revision": NOT_REVISED if code in choice.kept else "", **marks})
    for code in sorted(set(now.cities) - set(shown)):
        made.unranked.append({**keys, "region_code": code, "region_name": now.cities[code].region_name,
                              "reason": WITHHELD, "data_kind": marks["data_kind"]})
    for table, rows in (("ranking", made.ranking), ("unranked", made.unranked)):
        rows.sort(key=lambda row: [row[column] for column in ORDER[table]])
    return made


def _figures(now: CityList, city: City, fresh: dict[str, Fraction], growths: dict[str, Fraction]) -> dict:
    base, current = dollars(city.base), dollars(city.current)
    return {"base_usd": base, "current_usd": current, "change_usd": current - base,
            "growth_pct": words.tenth(Fraction(city.current - city.base, city.base) * 100), "exporters": city.exporters,
            "other_rules": _elsewhere(now, city, fresh), "few_shipments": _few(now, city, growths)}


def _elsewhere(now: CityList, city: City, fresh: dict[str, Fraction]) -> str:
    """Whether the other rules put the cities whose figures are new in another order, at this one."""
    if not city.ranks_elsewhere:
        return ""
    for rule in city.ranks_elsewhere:
        # Of those that the rule has the data to judge.
        judged = [code for code in fresh if rule in now.cities[code].ranks_elsewhere]
        ranks = {code: -Fraction(rank) for code in judged
                 if (rank := now.cities[code].ranks_elsewhere[rule]) is not None}
        own = _ranks({code: fresh[code] for code in judged})[city.region_code]
        if _ranks(ranks).get(city.region_code) != own:
            return OTHER
    return SAME


def _few(now: CityList, city: City, growths: dict[str, Fraction]) -> str:
    """Whether the city has another rank among those shown, or none, without the largest exporter of the ranking."""
    if city.rank_without_largest is None:
        return FEW_SHIPMENTS
    cell = now.cell(city.region_code)
    base, current = (cell.amounts(side, "exporter").get(city.largest_exporter, 0) for side in ("base", "current"))
    left = city.base - base
    without = {**growths, city.region_code: Fraction(city.current - current - left, left)}
    return "" if _ranks(without)[city.region_code] == _ranks(growths)[city.region_code] else FEW_SHIPMENTS


def _growth(now: CityList, choice: Choice, code: str, by_shown: bool) -> Fraction:
    if code in choice.kept and by_shown:
        return Fraction(choice.kept[code]["change_usd"], choice.kept[code]["base_usd"] or 1)
    city = now.cities[code]
    return Fraction(city.current - city.base, city.base or 1)


def _ranks(growths: dict[str, Fraction]) -> dict[str, int]:
    """Place from 1, highest first; who ties shares a place, and the next ones go on behind them all."""
    ordered = sorted(growths.values(), reverse=True)
    firsts: dict[Fraction, int] = {}
    for place, growth in enumerate(ordered, 1):
        firsts.setdefault(growth, place)
    return {code: firsts[growth] for code, growth in growths.items()}


def _total(now: CityList, choice: Choice, earlier: dict | None, keys: dict, marks: dict, rule: Mapping,
           ranked: int) -> dict:
    figures = dict.fromkeys(("base_usd", "current_usd", "change_usd", "growth_pct"))
    if choice.total == KEPT and earlier:
        figures = {name: earlier[name] for name in figures}
    elif choice.total == FRESH:
        base, current = (sum(now.cell(area).value(measure) for area in now.areas) for measure in ("base", "current"))
        figures = {"base_usd": dollars(base), "current_usd": dollars(current),
                   "change_usd": dollars(current) - dollars(base),
                   "growth_pct": words.tenth(Fraction(current - base, base) * 100) if base else None}
    made_up = f"{words.MADE_UP} · " if now.is_synthetic else ""
    return {
        **keys, "province_name": now.province_name, "rule_name": now.rule_name, "rule_version": now.rule_version,
        "title": f"{made_up}Pertumbuhan ekspor kota/kabupaten {now.province_name} {now.year} menurut "
                 f"{words.BASIS[now.basis]} · tertinggi di antara {ranked} dari {len(now.cities)}",
        "rule": rule.get("description_id", ""), "months_used": ",".join(now.current_months), "cities_ranked": ranked,
        "cities_total": len(now.cities), **figures, "revision": NOT_REVISED if choice.total == KEPT else "", **marks}


def _share(part: int | None, whole: int | None) -> Decimal | None:
    return words.tenth(Fraction(100 * part, whole)) if whole and part is not None else None


def dollars(cents: int) -> int:
    """Whole dollars, half up."""
    return (cents + 50) // 100
