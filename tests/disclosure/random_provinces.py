"""Random provinces and what becomes of them from one delivery to the next."""

import random

from province_by_hand import Province


def province(chance: random.Random) -> dict[str, dict[str, tuple[int, int]]]:
    """Cities of very unequal exporters, some of which export from several cities; rows without a city at times."""
    cities = {}
    for number in range(1, chance.randint(3, 14)):
        code = f"32.{number:02d}"
        cities[code] = {_name(chance, code, i): _pair(chance) for i in range(chance.choice((0, 1, 2, 3, 4, 6, 9, 14)))}
    if chance.random() < 0.7:
        cities["32"] = {_name(chance, "32", i): _pair(chance) for i in range(chance.choice((1, 2, 4, 8)))}
    return cities


def changed(cities: dict, chance: random.Random) -> dict:
    """Some documents corrected, some late, some withdrawn; often one, at times many."""
    cities = {code: dict(city) for code, city in cities.items()}
    for _ in range(chance.choice((0, 1, 1, 1, 2, 5, 40))):
        city = cities[chance.choice(sorted(cities))]
        act = chance.random()
        if city and act < 0.6:
            who = chance.choice(sorted(city))
            base, current = city[who]
            city[who] = (base, max(0, current + chance.randint(-20_000, 40_000)))
        elif city and act < 0.75:
            del city[chance.choice(sorted(city))]
        else:
            city[f"late-{chance.randint(0, 10**9)}"] = _pair(chance)
    return cities


def month_later(cities: dict, chance: random.Random) -> dict:
    """The same months and one more: some exporters exported in it, in either year."""
    busy = chance.choice((0.2, 0.7, 1.0))
    return {code: {who: (base + (chance.randint(0, 30_000) if chance.random() < busy else 0),
                         current + (chance.randint(0, 30_000) if chance.random() < busy else 0))
                   for who, (base, current) in city.items()} for code, city in cities.items()}


def deliveries(seed: int, how_many: int) -> list[Province]:
    """One province over several releases."""
    chance = random.Random(seed)
    cities, through, found = province(chance), 9, []
    for _ in range(how_many):
        found.append(Province({code: dict(city) for code, city in cities.items()}, through=through))
        if chance.random() < 0.3 and through < 12:
            cities, through = month_later(cities, chance), through + 1
        cities = changed(cities, chance)
    return found


def _name(chance: random.Random, code: str, number: int) -> str:
    return f"branched-{chance.randint(0, 4)}" if chance.random() < 0.05 else f"{code}-{number}"


def _pair(chance: random.Random) -> tuple[int, int]:
    base = int(10 ** chance.uniform(2, 6.5)) if chance.random() < 0.9 else 0
    return base, int(base * chance.uniform(0.2, 2.2)) if base else int(10 ** chance.uniform(2, 6))
