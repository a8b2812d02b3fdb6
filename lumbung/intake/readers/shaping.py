"""From the fields of a file by position to text rows by contract column."""

from collections.abc import Sequence

from lumbung.contracts import Contract
from lumbung.intake.readers.wide import DERIVED, WIDE
from lumbung.intake.rules import literal


def field_names(columns: Sequence[str]) -> list[str]:
    """The name of each field by its position."""
    return [f"h{i}" for i in range(len(columns))]


def text_names(contract: Contract, columns: Sequence[str]) -> list[str]:
    """What `fields` gives after `line` and `line_code`."""
    return [f"r_{c.name}" for c in contract.columns] + [
        f"w_{i}" for i, name in enumerate(columns) if name.startswith(WIDE)]


def fields(contract: Contract, columns: Sequence[str], delimiter: str) -> str:
    """SQL from fields by position to `line`, `line_code`, the `r_` columns, and `w_<i>` for each wide field i.

    `columns[i]` is the contract column of field i, `*<title>` where it is to become rows, `~` where it is a sum, ""
    where it has no title. A value under no title has no column to go to, so its row has the wrong shape.
    """
    place = {name: f"h{i}" for i, name in enumerate(columns) if name and name != DERIVED}
    untitled = ", ".join(f"h{i}" for i, name in enumerate(columns) if not name)
    whole = ", ".join(f"coalesce({name}, '')" for name in field_names(columns))
    everything = f"concat_ws({literal(delimiter)}, {whole})"
    line = f"case when trim(concat({untitled})) <> '' then {everything} end" if untitled else "null::varchar"
    code = f"case when trim(concat({untitled})) <> '' then 'row_shape' end" if untitled else "null::varchar"
    texts = [f"{place.get(c.name, 'null::varchar')} as r_{c.name}" for c in contract.columns]
    texts += [f"h{i} as w_{i}" for i, name in enumerate(columns) if name.startswith(WIDE)]
    return f"{line} as line, {code} as line_code, {', '.join(texts)}"
