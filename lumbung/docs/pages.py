"""The page of a mart, and the list of all tables of a release, as Markdown."""

from pathlib import Path

import jinja2

from lumbung.docs.models import ADDS, ALONE, KINDS, MADE_UP, WITHIN, Model
from lumbung.docs.queries import Query

NEVER_ADDED = {
    "rule_name": "lists of different rules", "basis": "declarations (peb) and certificates (ska)",
    MADE_UP: "made-up rows and real ones", "place_level": "cities and the province they are in",
    "period_kind": "months and the year they are in", "window_kind": "windows of different kinds",
    "counted_at": "totals by origin and by port", "commodity_group": "groups that hold each other"}

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), undefined=jinja2.StrictUndefined, trim_blocks=True,
    lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - it is Markdown


def page(model: Model, asked: list[Query]) -> str:
    """The page of one table: what a row is, how to join it, what may be added, each column, the queries."""
    apart = [f"{words} (`{column}`)" for column, words in NEVER_ADDED.items() if column in model.grain]
    return _templates.get_template("page.md.j2").render(
        model=model, apart=apart, keys=[model.column(name) for name in model.grain], joins=model.joins,
        measures=[(model.column(name), _how(how)) for name, how in model.measures.items()],
        others=[c for c in model.columns if c.name not in {*model.grain, *model.measures}], asked=asked)


def index(known: dict[str, Model], with_page: set[str]) -> str:
    """The list of all tables of a release, those with a page linked."""
    kinds = [(title, [m for m in known.values() if m.kind == kind]) for kind, title in KINDS.items()]
    return _templates.get_template("index.md.j2").render(kinds=kinds, with_page=with_page)


def _how(how: str) -> str:
    if how.startswith(WITHIN):
        return f"adds up within one `{how.removeprefix(WITHIN)}`"
    return {ADDS: "adds up", ALONE: "is not added"}[how]


def _cell(text: str) -> str:
    """Text inside a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


_templates.filters |= {"cell": _cell, "codes": _codes}
