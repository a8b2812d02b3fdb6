"""What stands below a table: sums, a place and date, who signs. It is skipped, and counted as skipped.

Nothing is skipped for looking odd: only rows from the first one with the words of a sum or a signature on, and only
where all of them to the end of the sheet hold far less than a row of data does. A firm may be called `Total Jaya` or
`Bupati Batik`: what stands in the columns that a row can't do without tells it from a sum or a signature.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.contracts import Contract

LOOKED_AT = 60
CELLS = 3
MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
PLACED = rf"[a-z .]+,\s*(tanggal\s*)?(\d{{1,2}}|\.+|…+)?\s*({MONTHS})\s*\d{{4}}"
SUM = re.compile(r"((sub|grand)\s*-?\s*)?(jumlah|total|jml)\b[\s\w./()-]{0,40}:?", re.IGNORECASE)
SIGNED = re.compile(
    r"((mengetahui|menyetujui|mengesahkan|dibuat oleh|disusun oleh|diperiksa oleh|yang membuat|tanda tangan|ttd)\b|"
    r"((a\.?n|plt|plh|u\.?b)\.?\s*)?(kepala (dinas|bidang|seksi|bagian|badan|kantor)|kabid|kadis|sekretaris dinas)\b|"
    r"(petugas|pengelola|pejabat|bupati|wali ?kota|gubernur)\b[\w /]*[,:]?$|nip[ .:]|"
    r"(catatan|keterangan|ket|sumber)( data)?\.?\s*:|\*|"
    rf"{PLACED})", re.IGNORECASE)
PLACE_AND_DATE = re.compile(PLACED, re.IGNORECASE)
NUMBER = re.compile(r"(rp|usd|us\$|\$|%|[\d.,()+\s-])+", re.IGNORECASE)
MARK = "DATA BUATAN"


@dataclass
class Table:
    """The fields of a table; `columns` are as `shaping.fields` takes them.

    `keys` are the fields of its key, `words` those that a row of data must have and that a sum has nothing for: texts,
    codes and dates.
    """

    contract: Contract
    columns: Sequence[str]
    width: int = field(init=False)
    keys: set[int] = field(init=False)
    words: set[int] = field(init=False)

    def __post_init__(self) -> None:
        needed = {c.name for c in self.contract.columns if c.required and c.duckdb_type in ("VARCHAR", "DATE")}
        self.width = len(self.columns)
        self.keys = {i for i, name in enumerate(self.columns) if name in self.contract.key}
        self.words = {i for i, name in enumerate(self.columns) if name in needed}


def rows_below(rows: Sequence[Sequence[str | None]], table: Table) -> int:
    """How many of the last of these rows are no data. `rows` end where the sheet ends.

    Blank rows among them count; blank ones before them do not.
    """
    start = len(rows)
    for i in range(len(rows) - 1, max(-1, len(rows) - LOOKED_AT), -1):
        texts = _texts(rows[i])
        if _is_sum(texts, table) or _is_signature(texts, table):
            start = i
        elif texts and not _is_sparse(texts, table):
            break
    return len(rows) - start


def _texts(row: Sequence[str | None]) -> dict[int, str]:
    """The filled cells of a row by their field."""
    return {i: text for i, cell in enumerate(row) if (text := " ".join((cell or "").split())) and text != MARK}


def _is_sparse(texts: dict[int, str], table: Table) -> bool:
    if len(texts) > CELLS or 2 * len(texts) > table.width:
        return False
    # A number alone may be that of who signs, and a comma may have cut "Depok, 5 Maret 2024" in two.
    return len(texts) == 1 or bool(PLACE_AND_DATE.fullmatch(", ".join(texts.values()))) or not _has_key(texts, table)


def _is_sum(texts: dict[int, str], table: Table) -> bool:
    first, *others = texts.items() or [(0, "")]
    return bool(table.width > 1 and SUM.fullmatch(first[1]) and len(first[1].split()) <= 5
                and all(NUMBER.fullmatch(text) and i not in table.words for i, text in others))


def _is_signature(texts: dict[int, str], table: Table) -> bool:
    return bool(texts and table.width > 1 and SIGNED.match(next(iter(texts.values())))
                and _is_sparse(texts, table) and not _has_key(texts, table))


def _has_key(texts: dict[int, str], table: Table) -> bool:
    """Whether a key column holds a value: a text with a digit in it, as all keys have, that is not signed words."""
    return any(any(c.isdigit() for c in texts[i]) and not SIGNED.match(texts[i]) for i in table.keys & texts.keys())
