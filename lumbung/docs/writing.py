"""Writes the pages that are kept in git."""

from pathlib import Path

from lumbung.docs.erd import erd
from lumbung.docs.models import models
from lumbung.docs.pages import index, page
from lumbung.docs.queries import queries
from lumbung.errors import LumbungError


def write(manifest: dict, folder: Path, queries_folder: Path) -> list[Path]:
    """Write `erd.md`, `marts/README.md` and `marts/<table>.md` below `folder`, from dbt's manifest and the queries.

    Every mart has a page, other tables where they have queries; pages of tables that are no more go. Returns the paths.
    """
    known = models(manifest)
    asked = {name: queries(queries_folder, name) for name in known}
    if strangers := sorted({p.name for p in queries_folder.iterdir() if p.is_dir()} - set(known)):
        raise LumbungError(f"There are queries of what is no table of a release: {', '.join(strangers)}.",
                           where=str(queries_folder), todo="Rename the folder after the table, or remove it.")
    with_page = {name for name, model in known.items() if model.kind == "mart" or asked[name]}
    texts = {folder / "erd.md": erd(manifest), folder / "marts" / "README.md": index(known, with_page)}
    texts |= {folder / "marts" / f"{name}.md": page(known[name], asked[name]) for name in sorted(with_page)}
    (folder / "marts").mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    for path in set((folder / "marts").glob("*.md")) - set(texts):
        path.unlink()
    return list(texts)
