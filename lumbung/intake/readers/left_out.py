"""Sheets that do not fit beside some that do: which may be left out, and which hold rows that would be lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.contracts import Contract
from lumbung.intake import reasons
from lumbung.intake.readers.headers import Fit
from lumbung.intake.readers.heading import Heading
from lumbung.intake.readers.sources import Unreadable
from lumbung.intake.readers.wide import is_wide
from lumbung.intake.values.numerals import read_numeral


@dataclass(frozen=True)
class Seen:
    """One sheet as far as its first rows tell; `grid` are these as text."""

    name: str
    heading: Heading
    how: Fit
    grid: Sequence[Sequence[str | None]]


def refusal(contract: Contract, fitting: list[Seen], others: list[Seen]) -> Unreadable | None:
    """Why the file is refused for a sheet that does not fit; None where all of these are plainly something else.

    `fitting` may be empty: then the sheet that comes nearest says what is wrong. A sheet is not left out that has all
    required columns, or rows below a header of which half the titles are those of a fitting sheet, or rows of the
    width of one with no header at all.
    """
    many = len(fitting) + len(others) > 1
    titled = [one for one in others if not fitting or _is_whole(contract, one) or _is_titled(one, fitting)]
    if titled:
        one = max(titled, key=lambda one: one.heading.score)
        return Unreadable(one.how.reason_code, one.how.reason + (f" (lembar {one.name!r})" if many else ""))
    for one in others:
        if any(_is_continued(one, like) for like in fitting):
            return Unreadable("missing_columns", reasons.of_file("missing_columns", (
                f"Lembar {one.name!r} berisi baris data tanpa judul kolom yang dikenal; beri judul seperti lembar "
                f"{fitting[0].name!r}, atau hapus atau sembunyikan bila bukan data.")))
    return None


def _is_whole(contract: Contract, one: Seen) -> bool:
    return set(contract.needed) <= set(one.how.columns)


def _is_titled(one: Seen, fitting: list[Seen]) -> bool:
    below = one.grid[one.heading.above + one.heading.rows:]
    return any(_extent(row) for row in below) and any(_knows_half(one, like) for like in fitting)


def _knows_half(one: Seen, like: Seen) -> bool:
    return 2 * one.heading.known >= like.heading.known


def _is_continued(one: Seen, like: Seen) -> bool:
    """Whether most rows are about as wide as those of the fitting sheet, and it is no pivot and no mere header."""
    if _knows_half(one, like):
        return False
    width = sum(bool(title.strip()) for title in like.heading.titles)
    near = [row for row in one.grid if abs(_extent(row) - width) <= max(1, width // 4)]
    filled = sum(_extent(row) > 0 for row in one.grid)
    return 2 * len(near) >= max(filled, 1) and (is_wide(like.how.columns) or not _is_pivot(near))


def _is_pivot(rows: list[Sequence[str | None]]) -> bool:
    """Names on the left and above, and numbers everywhere else."""
    inside = [cell for row in rows[1:] for cell in [c for c in row if (c or "").strip()][1:]]
    return bool(inside) and all(read_numeral(cell.strip().lstrip("-"), "id") for cell in inside)


def _extent(row: Sequence[str | None]) -> int:
    """How many fields there are from the first filled one to the last."""
    filled = [i for i, cell in enumerate(row) if (cell or "").strip()]
    return filled[-1] - filled[0] + 1 if filled else 0
