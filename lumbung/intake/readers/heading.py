"""Where the header of a table is: below title rows, over one row or several, with merged cells."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lumbung.contracts import Contract
from lumbung.contracts.layouts import Layout
from lumbung.intake.readers import wide
from lumbung.intake.readers.headers import fold, titles_of

SEARCHED = 30
DEEPEST = 3
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
Grid = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Heading:
    """A header found in the first rows of a table.

    `above` is how many rows stand above it, `rows` over how many it goes (a row of column numbers below it counts
    too), `titles` one title a field: its levels joined, without upper ones where the contract knows it by the lower.
    """

    above: int
    rows: int
    titles: tuple[str, ...]
    known: int

    @property
    def score(self) -> tuple[int, int]:
        """The better header knows more titles, then has fewer of them unknown."""
        return self.known, -sum(bool(fold(t)) for t in self.titles)


NOTHING = Heading(0, 0, (), 0)


def find(contract: Contract, grid: Grid, merged: Merged = (), layout: Layout | None = None) -> Heading:
    """The header among the first rows of a table, as far as the contract's titles tell.

    `grid` are the first rows as text; `merged` the merged cells as ((row, column), (row, column)), first and last.
    A layout that says where the header stands is believed. Where no title is known the first row with text is it.
    """
    grid = [list(row) for row in grid[:SEARCHED + DEEPEST + 1]]
    filled = [r for r, row in enumerate(grid) if any(fold(c or "") for c in row)]
    if not filled:
        return NOTHING
    titles = _Titles(contract, layout)
    tops = filled if layout is None or layout.skip_rows is None else [layout.skip_rows]
    depths = range(1, DEEPEST + 1) if layout is None or layout.header_rows is None else [layout.header_rows]
    spread = _spread(grid, merged)
    found = []
    for top in tops:
        for depth in depths:
            if top < SEARCHED and top + depth <= len(grid):
                found.append(_heading(titles, spread[top:top + depth], top))
                if depth == 1 and titles.are_all(found[-1].titles):
                    return _with_numbers(found[-1], grid)
    best = max(found, key=lambda h: (h.score, -h.rows, -h.above), default=NOTHING)
    if best.known == 0:
        best = next((h for h in found if h.above == tops[0]), NOTHING)
    return _with_numbers(best, grid)


class _Titles:
    """Which titles the contract or the layout's wide columns know."""

    def __init__(self, contract: Contract, layout: Layout | None):
        self.names = titles_of(contract)
        self.required = set(contract.needed) - set(contract.constants)
        self.wide = wide.matcher(layout)

    def knows(self, title: str) -> bool:
        return fold(title) in self.names or self.wide(title)

    def count(self, titles: Sequence[str]) -> int:
        return len({self.names.get(fold(t)) or t for t in titles if self.knows(t)})

    def are_all(self, titles: Sequence[str]) -> bool:
        """Whether this is a whole header, so that nothing better needs to be looked for."""
        return (all(self.knows(t) for t in titles if fold(t))
                and self.required <= {self.names.get(fold(t)) for t in titles})


def _heading(titles: _Titles, levels: list[list[str | None]], top: int) -> Heading:
    width = max(len(row) for row in levels)
    columns = [[_clean(row[i]) if i < len(row) else "" for row in levels] for i in range(width)]
    if len(levels) > 1:
        columns = _filled_right(columns)
    endings = [[_joined(column[level:]) for level in range(len(levels)) if level == 0 or any(column[level:])]
               for column in columns]
    often = Counter(text for texts in endings for text in dict.fromkeys(texts))
    best = [next((text for text in texts if often[text] == 1 and titles.knows(text)), texts[0]) for texts in endings]
    return Heading(top, len(levels), tuple(best), titles.count(best))


def _with_numbers(heading: Heading, grid: list[list[str | None]]) -> Heading:
    below = heading.above + heading.rows
    if heading.rows and below < len(grid) and _is_column_numbers(grid[below]):
        return replace(heading, rows=heading.rows + 1)
    return heading


def _spread(grid: list[list], merged: Merged) -> list[list]:
    """The grid with the text of a merged cell in each cell that it covers."""
    spread = [list(row) for row in grid]
    for (top, left), (bottom, right) in merged:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        for r in range(top, min(bottom + 1, len(grid))):
            for c in range(left, min(right + 1, len(grid[r]))):
                spread[r][c] = grid[top][left]
    return spread


def _filled_right(columns: list[list[str]]) -> list[list[str]]:
    """Cells that were not merged: a title holds for the untitled fields to its right that have one below it."""
    filled = [list(column) for column in columns]
    for level in range(len(columns[0]) - 1):
        for before, column in pairwise(filled):
            same_parents = not column[level] and column[:level] == before[:level]
            if same_parents and any(column[level + 1:]) and any(before[level + 1:]):
                column[level] = before[level]
    return filled


def _is_column_numbers(row: list[str | None]) -> bool:
    texts = [_clean(cell).strip("()") for cell in row if _clean(cell)]
    return len(texts) > 2 and texts == [str(i) for i in range(1, len(texts) + 1)]


def _joined(levels: list[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, levels)))


def _clean(cell: str | None) -> str:
    return " ".join((cell or "").split())
