"""Wide tables: a column a month, country or port, each of which becomes a row."""

import re
from collections.abc import Callable, Sequence

from lumbung.contracts import Contract
from lumbung.contracts.layouts import Layout
from lumbung.intake.readers.headers import Fit, fit, fold
from lumbung.intake.rules import literal

WIDE = "*"                       # before the title of a column that becomes rows
DERIVED = "~"                    # a column of sums over the others
SUMS = {"jumlah", "total", "subtotal", "grandtotal", "jumlahtotal", "jml"}


def matcher(layout: Layout | None) -> Callable[[str], bool]:
    """Whether a title is one of the columns that the layout unpivots."""
    if layout is None or layout.unpivot is None:
        return lambda title: False
    named = {fold(title) for title in layout.unpivot.columns}
    pattern = re.compile(layout.unpivot.pattern, re.IGNORECASE) if layout.unpivot.pattern else None
    return lambda title: bool(fold(title) in named or (pattern and pattern.fullmatch(title.strip())))


def fit_wide(contract: Contract, titles: Sequence[str], layout: Layout | None) -> Fit:
    """Map titles to contract columns as `fit` does; a column to unpivot becomes `*<title>`, one of sums `~`."""
    wanted = matcher(layout)
    if not any(wanted(title) for title in titles):
        return fit(contract, list(titles))
    unpivot = layout.unpivot
    marks = [WIDE + title.strip() if wanted(title) else DERIVED if fold(title) in SUMS else "" for title in titles]
    plain = ["" if mark else title for title, mark in zip(titles, marks, strict=True)]
    how = fit(contract, [*plain, unpivot.name_to, unpivot.value_to])
    if how.reason_code:
        return how
    return Fit(tuple(mark or column for mark, column in zip(marks, how.columns, strict=False)))


def is_wide(columns: Sequence[str]) -> bool:
    """Whether a layout has columns that become rows."""
    return any(column.startswith(WIDE) for column in columns)


def unpivoted(contract: Contract, columns: Sequence[str], layout: Layout, source: str) -> str:
    """SQL of a row for each filled cell of the wide columns of `source`, in order.

    `source` has `src, row_no, line, line_code`, the `r_` columns and `w_<i>` for each wide field i. The result has
    `piece` (0 for the first row made of a source row) in their place. A row without a filled cell stays one row.
    """
    pieces = ", ".join(f"{{'place': {i}, 'name': {literal(name[len(WIDE):])}, 'value': w_{i}}}"
                       for i, name in enumerate(columns) if name.startswith(WIDE))
    name_to, value_to = f"r_{layout.unpivot.name_to}", f"r_{layout.unpivot.value_to}"
    nothing = "[{'place': -1, 'name': null::varchar, 'value': null::varchar}]"
    texts = ", ".join({name_to: f"u.name as {name_to}", value_to: f"u.value as {value_to}"}.get(
        f"r_{c.name}", f"r_{c.name}") for c in contract.columns)
    return f"""(
        select src, row_no, (row_number() over (partition by src, row_no order by u.place) - 1)::int as piece,
               line, line_code, {texts}
        from (select *, unnest(case when line is not null or len(filled) = 0 then {nothing} else filled end) as u
              from (select *, list_filter([{pieces}],
                           lambda x: coalesce(trim(x.value), '') not in ('', '-')) as filled from {source}))
        order by src, row_no, piece)"""
