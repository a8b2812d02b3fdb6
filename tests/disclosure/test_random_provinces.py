"""Whatever a province exports and however it changes: nothing that is published gives an unsafe cell away."""

import random

import pytest
from province_by_hand import Province
from random_provinces import deliveries
from test_defences import shown


def is_safe(amounts: list[int]) -> bool:
    """The primary rule once more, in other words: three contributors, and the rest of them is a tenth of the first."""
    sizes = sorted(map(abs, filter(None, amounts)), reverse=True)
    return len(sizes) >= 3 and 10 * sum(sizes[2:]) >= sizes[0]


def measures(pairs: list[tuple[int, int]]) -> list[list[int]]:
    return [[b for b, _ in pairs], [c for _, c in pairs], [c - b for b, c in pairs]]


def by_business(province: Province, codes: set[str]) -> list[tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for code in codes:
        for who, (base, current) in province.cities.get(code, {}).items():
            b, c = found.get(who, (0, 0))
            found[who] = (b + base, c + current)
    return list(found.values())


@pytest.mark.parametrize("number", range(6))
def test_random_provinces(office, number):
    seed = random.randrange(10**9)
    print(f"seed {seed}")
    before: list[tuple[Province, object]] = []
    for province in deliveries(seed, 4):
        made = office.publish(province, marked=True)     # raises where the attack succeeds
        if made is None:
            continue
        public = shown(made)
        cities = set(province.cities) - {"32"}
        ranked = {row["region_code"] for row in public.ranking}
        listed = {row["region_code"] for row in public.unranked}
        assert ranked | listed == cities, seed
        assert not ranked & listed, seed
        assert sorted(row["rank"] for row in public.ranking)[:1] in ([], [1]), seed
        fresh = {code for code in ranked if public.is_fresh(code)}
        for code in fresh:
            assert all(map(is_safe, measures(list(province.cities[code].values())))), (seed, code)
        if public.fresh_total:
            rest = by_business(province, {*cities, "32"} - fresh)
            assert public.total["base_usd"] == sum(public.row(c)["base_usd"] for c in fresh) + sum(
                b for b, _ in rest), seed
            assert all(is_safe(one) or not any(one) for one in measures(rest)), seed
        for earlier, table in before:
            both = {code for code in fresh if table.is_fresh(code)}
            if earlier.through == province.through:
                for code in both:
                    change = gaps(earlier.cities[code], province.cities[code])
                    assert all(is_safe(one) or not sum(one) for one in change), (seed, code)
        before.append((province, public))


def gaps(before: dict, now: dict) -> list[list[int]]:
    return [[now.get(who, (0, 0))[side] - before.get(who, (0, 0))[side] for who in {*before, *now}]
            for side in (0, 1)]
