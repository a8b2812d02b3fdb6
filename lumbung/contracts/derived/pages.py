"""The page of a feed, in Indonesian, to be handed to an office."""

import csv
import io
from pathlib import Path

import jinja2

from lumbung.contracts.catalogue import Column, Contract, contracts
from lumbung.contracts.layouts import Layout
from lumbung.contracts.normalisers import NORMALISERS

EXAMPLE_ROWS = 2
FORMATS = {"csv": "CSV", "xlsx": "XLSX (juga XLS dan ODS)",
           "json": "JSON (satu dokumen, daftar dokumen, atau satu per baris)"}
UNITS = {"d": "hari", "mo": "bulan", "y": "tahun"}
ONES = {(7, "d"): "setiap minggu", (1, "d"): "setiap hari", (1, "mo"): "setiap bulan", (12, "mo"): "setiap tahun",
        (1, "y"): "setiap tahun"}
SECRECY = {"personal": "data pribadi", "business": "hanya internal"}

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), undefined=jinja2.StrictUndefined, trim_blocks=True,
    lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - it is Markdown


def write_pages(folder: Path, of: list[Contract] | None = None) -> list[Path]:
    """Write `<folder>/<feed>.md` for these contracts, or for all: then pages of feeds that are no more go.

    Returns the paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for contract in of if of is not None else contracts().values():
        path = folder / f"{contract.feed}.md"
        path.write_text(page(contract), encoding="utf-8")
        written.append(path)
    if of is None:
        for path in set(folder.glob("*.md")) - set(written):
            path.unlink()
    return written


def page(contract: Contract) -> str:
    """The page of one feed as Markdown."""
    return _templates.get_template("page.md.j2").render(
        contract=contract, title=contract.title or contract.feed,
        purpose=contract.words[0] or contract.purpose, row=contract.words[1] or contract.grain,
        due=_due(contract), formats=[FORMATS[f] for f in contract.formats],
        rows=[_row(c) for c in contract.columns], codes=[_codes(c) for c in contract.columns if c.allowed],
        has_json="json" in contract.formats, json=[(c.name, c.json_path) for c in contract.columns if c.json_path],
        limit=f"{contract.reject_limit_pct:g}", example=example_csv(contract), layouts=contract.layouts)


def example_csv(contract: Contract) -> str:
    """A small file under the first header of each column, filled with the contract's examples.

    Columns that are read from another one, and have no example of their own, are not in it.
    """
    columns = [c for c in contract.columns if c.examples or not c.made_from]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_header(c) for c in columns)
    for number in range(EXAMPLE_ROWS):
        table.writerow(c.examples[min(number, len(c.examples) - 1)] if c.examples else "" for c in columns)
    return out.getvalue()


def _header(column: Column) -> str:
    return column.synonyms[0] if column.synonyms else column.name


def _row(column: Column) -> dict[str, str]:
    secrecy = SECRECY.get(column.classification, "")
    return {
        "name": column.name, "headers": "; ".join(_cell(s) for s in column.synonyms),
        "meaning": _cell(column.meaning or column.description) + (f" ({secrecy})" if secrecy else ""),
        "required": "kunci" if column.is_key and column.required else "wajib" if column.required else "",
        "accepted": _accepted(column), "example": _code(next((e for e in column.examples if e), ""))}


def _accepted(column: Column) -> str:
    said = [NORMALISERS[column.normaliser].words]
    if column.allowed:
        said.append("salah satu dari: " + ", ".join(f"`{value}`" for value in column.allowed))
    if column.minimum is not None:
        said.append(f"paling kecil {column.minimum:g}")
    if column.maximum is not None:
        said.append(f"paling besar {column.maximum:g}")
    if column.made_from:
        said.append(f"bila tidak ada, diambil dari `{column.made_from}`")
    if column.pattern:
        said.append(f"pola {_code(column.pattern)}")
    return "; ".join(_cell(s) for s in said)


def _codes(column: Column) -> tuple[str, list[tuple[str, str]]]:
    return column.name, [(value, _cell(label)) for value, label in zip(column.allowed, column.labels, strict=True)]


def _due(contract: Contract) -> str:
    if contract.due_every is None:
        return "sewaktu-waktu"
    number, unit = contract.due_every
    often = ONES.get((number, unit)) or f"setiap {number:g} {UNITS.get(unit, unit)}"
    if contract.due_within_days is None:
        return often
    return f"{often}, paling lambat {contract.due_within_days} hari setelah periodenya berakhir"


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if text else ""


def _cell(text: str) -> str:
    """Text inside a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")


def _wide(layout: Layout) -> str:
    if layout.unpivot is None:
        return ""
    columns = ", ".join(map(_cell, layout.unpivot.columns)) or f"pola {_code(layout.unpivot.pattern)}"
    return f"{columns}: judulnya ke `{layout.unpivot.name_to}`, isinya ke `{layout.unpivot.value_to}`"


_templates.filters |= {"code": _code, "cell": _cell, "wide": _wide}
