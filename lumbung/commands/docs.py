"""`lumbung docs`: the pages about the tables of a release, and dbt's own documentation."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands.printing import say
from lumbung.lake.home import PROJECT, Home

app = typer.Typer(no_args_is_help=True, help="What the tables of a release are, for those who read them.")


@app.command()
def write(out_dir: Annotated[Path, typer.Option("--out", help="Folder for erd.md and marts/.")] = PROJECT / "docs",
          ) -> None:
    """Make again what is kept in git: docs/erd.md, and docs/marts/ from dbt's models and the queries there."""
    from lumbung import docs, transform

    with tempfile.TemporaryDirectory() as folder:
        manifest = transform.parse(Home(Path(folder)))
    for path in docs.write(manifest, out_dir, PROJECT / "docs" / "marts" / "queries"):
        say(str(path))


@app.command()
def site() -> None:
    """Write dbt's documentation of the build database as one page, `docs/dbt.html` under LUMBUNG_HOME.

    It opens from disk and needs no network. Before the first run it knows the models, not yet their tables.
    """
    from lumbung import transform
    from lumbung.lake import lease

    home, run_id = Home.from_env().make(), f"docs-{os.getpid()}"
    try:
        with lease.step(home, run_id):
            made = transform.documentation(home)
    finally:
        lease.release(home, run_id)
    page = home.root / "docs" / "dbt.html"
    page.parent.mkdir(exist_ok=True)
    shutil.move(made, page)
    say(str(page))


@app.command()
def gates(out_dir: Annotated[Path | None, typer.Option(
        "--out", help="Folder; without it docs/gx under LUMBUNG_HOME.")] = None) -> None:
    """Write Great Expectations' own Data Docs: every suite, and what the gates found last.

    No gate is run. The pages open from disk; they fetch their styles and scripts from public servers.
    """
    from lumbung.gates.data_docs import write_data_docs
    from lumbung.lake import ledger

    home = Home.from_env()
    loads = sorted(ledger.loads(home).values(), key=lambda load: (load.landed_at, load.load_id))
    newest = {load.feed: load.batch_id for load in loads if load.batch_id}
    say(str(write_data_docs(home, out_dir or home.root / "docs" / "gx", newest)))
