"""The linear program of the attack: the range of a sum of figures, given what is known of them.

Figures that are shown are taken out exactly, in whole dollars, before the solver sees anything; of its floats only
"too narrow or not" is ever used.
"""

import numpy as np
from scipy.optimize import linprog

from lumbung.errors import LumbungError

# In units of the largest figure that is not shown: a solver that finds no limit says so in too many ways.
NO_LIMIT = 1000.0
# The tightest there is: a small city beside a large one must not pass by what the solver lets go.
EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}

Name = tuple[int, str, str]
Months = tuple[str, ...]
Figure = tuple[Months, str, int]


class Bounds:
    """Figures by name (state, column, area). Those of the same months, area and cents are one: it has not changed."""

    def __init__(self) -> None:
        self._figures: dict[Name, Figure] = {}
        self._shown: dict[Figure, int] = {}
        self._rows: list[tuple[dict[Figure, float], float, float]] = []
        self._program = None
        self._points = np.empty(0)
        self._answers: dict[tuple, bool] = {}

    def figure(self, name: Name, months: Months, cents: int, shown_dollars: int | None) -> None:
        """Tell of a figure, and what the public tables show of it, if anything. Where nothing is, that is known."""
        one = (months, name[2], cents)
        self._figures[name] = one
        if shown_dollars is not None or not cents:
            self._shown[one] = shown_dollars or 0

    def total(self, names: list[Name], dollars: int) -> None:
        """The figures add up to a total; every rounding leaves half a dollar."""
        self._row(dict.fromkeys(names, 1.0), dollars, dollars, (len(names) + 1) / 2)

    def growth_between(self, base: Name, current: Name, low: dict | None, high: dict | None) -> None:
        """A city's growth lies between that of two ranked rows."""
        if low:
            self._row({current: 1.0, base: -(low["current_usd"] - 0.5) / (low["base_usd"] + 0.5)}, 0, np.inf, 1)
        if high:
            self._row({current: 1.0, base: -(high["current_usd"] + 0.5) / max(high["base_usd"] - 0.5, 0.5)},
                      -np.inf, 0, 1)

    def is_narrow(self, terms: tuple, cents: int, need: int) -> bool:
        """Whether a sum of figures can be bounded more tightly than `need` cents to either side of what it is."""
        weights, constant = self._unknown({self._figures[(s, side, area)]: 0.0 for _, s, side, area in terms}, terms)
        goal, value = need / 100, cents / 100 - constant
        margin = goal / 1000
        if not weights:
            return need > 0
        asked = (*sorted(weights.items()), value, need)      # most figures are the same in several releases
        if asked not in self._answers:
            self._answers[asked] = not all(
                self._reaches(weights, sign, sign * value + goal - margin) for sign in (1, -1))
        return self._answers[asked]

    def distances(self, terms: tuple, cents: int, need: int) -> tuple[float, float]:
        """How far below and above what it is, in dollars, a sum of figures can be; never told of more than `need`."""
        weights, constant = self._unknown({self._figures[(s, side, area)]: 0.0 for _, s, side, area in terms}, terms)
        if not weights:
            return 0.0, 0.0
        goal, value = need / 100, cents / 100 - constant
        below, above = (max(0.0, self._most(weights, sign) - sign * value) for sign in (-1, 1))
        return min(goal, below), min(goal, above)

    def _unknown(self, sums: dict[Figure, float], terms: tuple) -> tuple[dict[Figure, float], float]:
        for sign, state, side, area in terms:
            sums[self._figures[(state, side, area)]] += sign
        constant = sum(weight * self._shown[one] for one, weight in sums.items() if one in self._shown)
        return {one: w for one, w in sums.items() if one not in self._shown and w}, constant

    def _row(self, weights: dict[Name, float], low: float, high: float, slack: float) -> None:
        merged: dict[Figure, float] = {}
        for name, weight in weights.items():
            merged[self._figures[name]] = merged.get(self._figures[name], 0.0) + weight
        known = sum(w * self._shown[one] for one, w in merged.items() if one in self._shown)
        unknown = {one: w for one, w in merged.items() if one not in self._shown and w}
        if unknown:
            self._rows.append((unknown, low - known - slack, high - known + slack))

    def _longer_windows(self) -> list[tuple[Figure, Figure]]:
        """Pairs of figures of an area of which the first holds the months of the second, and no less."""
        areas: dict[str, list[Figure]] = {}
        for one in sorted(set(self._figures.values())):
            areas.setdefault(one[1], []).append(one)
        return [(a, b) for figures in areas.values() for a in figures for b in figures
                if set(a[0]) > set(b[0]) and a[2] >= b[2] and not (a in self._shown and b in self._shown)]

    def _build(self):
        rows = list(self._rows)
        for longer, shorter in self._longer_windows():
            unknown = {one: w for one, w in ((longer, 1.0), (shorter, -1.0)) if one not in self._shown}
            known = self._shown.get(longer, 0) - self._shown.get(shorter, 0)
            rows.append((unknown, -known - 1.0, np.inf))
        order = {one: i for i, one in enumerate(sorted({*self._figures.values()} - self._shown.keys()))}
        scale = max([1.0, *(one[2] / 100 for one in order)])
        above, limits = [], []
        for weights, low, high in rows:
            for sign, limit in ((1, high), (-1, -low)):
                if np.isfinite(limit):
                    line = np.zeros(len(order))
                    for one, weight in weights.items():
                        line[order[one]] = sign * weight
                    above.append(line)
                    limits.append(limit / scale)
        return order, scale, np.array(above).reshape(-1, len(order)), np.array(limits)

    def _goal(self, weights: dict[Figure, float], sign: int) -> np.ndarray:
        if self._program is None:
            self._program = self._build()
        goal = np.zeros(len(self._program[0]))
        for one, weight in weights.items():
            goal[self._program[0][one]] = sign * weight
        return goal

    def _reaches(self, weights: dict[Figure, float], sign: int, least: float) -> bool:
        """Whether sign × the sum can be as large as `least` dollars; points found before are tried first."""
        goal = self._goal(weights, sign)
        scale = self._program[1]
        if len(self._points) and (self._points @ goal).max() * scale >= least:
            return True
        return bool(self._most(weights, sign) >= least)

    def _most(self, weights: dict[Figure, float], sign: int) -> float:
        """The most that sign × the sum can be, in dollars."""
        goal = self._goal(weights, sign)
        order, scale, above, limits = self._program
        found = linprog(-goal, A_ub=above if len(above) else None, b_ub=limits if len(above) else None,
                        bounds=(0, NO_LIMIT), method="highs", options=EXACT)
        if found.status != 0:
            raise LumbungError("The public tables contradict each other, or the solver gave up.", where=found.message,
                               todo="Nothing is published. Say so to whoever keeps Lumbung.")
        self._points = np.vstack([self._points.reshape(-1, len(order)), found.x])
        return -found.fun * scale
