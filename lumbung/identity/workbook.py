"""Open pairs as a workbook: a person writes `ya` or `tidak` beside each and hands it back."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from lumbung.errors import LumbungError
from lumbung.identity.questions import SIDES
from lumbung.lake.durable import written_aside

CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 (XlsxWriter writes it as it stands)
ANSWER, REASON, ID = "Usaha yang sama? (ya/tidak)", "Alasan", "ID pasangan"
TITLES = {"name": "Nama", "owner": "Pemilik", "phones": "Telepon", "regions": "Wilayah", "products": "Produk",
          "numbers": "Nomor"}
WORDS = {"ya": "accept", "y": "accept", "sama": "accept", "tidak": "reject", "t": "reject", "beda": "reject"}
WHY = {"grey": "kurang pasti", "numbers_differ": "nomor berbeda", "two_candidates": "dua calon sama kuat",
       "decisions_differ": "keputusan bertentangan"}


def write(rows: list[dict], out: Path) -> None:
    """Write the open pairs, a row a pair, both sides beside each other; readable by its owner only."""
    header = [ID, ANSWER, REASON, "Peluang", "Mengapa ditanyakan", "Bukti",
              *(f"{title} {side}" for title in TITLES.values() for side in ("A", "B"))]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    out.parent.mkdir(parents=True, exist_ok=True)
    with written_aside(out) as aside:
        aside.touch(mode=0o600)                # it holds names and telephones
        with xlsxwriter.Workbook(str(aside), options) as book:
            book.set_properties({"created": CREATED, "title": "Pasangan yang ditanyakan"})
            page = book.add_worksheet("Pasangan")
            bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
            page.write_row(0, 0, header, bold)
            for number, row in enumerate(rows, 1):
                page.write_row(number, 0, [
                    row["pair_id"], "", "", row["probability"], WHY[row["why"]], said(row),
                    *(_text(row[f"{side}_{name}"]) for name in SIDES for side in ("left", "right"))], wrapped)
            page.data_validation(1, 1, max(1, len(rows)), 1, {"validate": "list", "source": ["ya", "tidak"]})
            page.set_column(0, 2, 16)
            page.set_column(3, 4, 12)
            page.set_column(5, 5 + 2 * len(SIDES), 26)
            page.freeze_panes(1, 3)


def answers(path: Path) -> list[tuple[str, str, str]]:
    """(pair_id, accept or reject, reason) of the rows that were answered. Raises LumbungError for other words."""
    try:
        sheet = pd.read_excel(path, dtype=str, engine="calamine").fillna("")
    except Exception as problem:
        raise LumbungError(f"Not a workbook that can be read: {problem}", where=str(path),
                           todo="Send back the file that `lumbung identity review export` wrote.") from None
    missing = [title for title in (ID, ANSWER, REASON) if title not in sheet.columns]
    if missing:
        raise LumbungError(f"The workbook has no column {missing[0]!r}.", where=str(path),
                           todo="Keep the titles as `lumbung identity review export` wrote them.")
    found: dict[str, tuple[str, str]] = {}
    for place, (which, answer, reason) in enumerate(sheet[[ID, ANSWER, REASON]].itertuples(index=False), 2):
        word = answer.strip().lower()
        if not word:
            continue
        if word not in WORDS:
            raise LumbungError(f"{answer!r} is neither ya nor tidak.", where=f"{path}, row {place}",
                               todo="Write ya, tidak, or nothing; no row was taken.")
        before = found.setdefault(which.strip(), (WORDS[word], reason.strip() or f"workbook {path.name}"))
        if before[0] != WORDS[word]:
            raise LumbungError(f"Pair {which.strip()!r} is answered both ways.", where=f"{path}, row {place}",
                               todo="Leave one of the answers; no row was taken.")
    return [(which, *told) for which, told in found.items()]


def said(row: dict) -> str:
    """The evidence of a pair in one line: each comparison with its level and weight."""
    return "; ".join(f"{name} {told['level']} {told['weight']:+g}" for name, told in row["evidence"].items())


def _text(value) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""
