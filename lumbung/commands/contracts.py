"""`lumbung contracts`: what each feed promises, whether a contract holds, and what is made from the contracts."""

from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands.printing import print_rows, say
from lumbung.lake.home import PROJECT

app = typer.Typer(no_args_is_help=True, help="What each feed promises, one YAML a feed.")


@app.command("list")
def list_all() -> None:
    """The feeds there are, with the DAG that takes each in and the agencies that have a layout of their own."""
    from lumbung.contracts import contracts

    print_rows([{"feed": contract.feed, "version": contract.version, "dag": contract.dag,
                 "columns": len(contract.columns), "layouts": ", ".join(x.agency for x in contract.layouts),
                 "whose": "the office's" if contract.is_own else "Lumbung's"} for contract in contracts().values()],
               ["feed", "version", "dag", "columns", "layouts", "whose"], False, "There is no contract.")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="<feed>.yaml, or <feed>.layouts.yaml.")]) -> None:
    """Whether a contract, or a file of layouts, is one that intake can work by."""
    from lumbung.contracts import catalogue

    contract = catalogue.checked(file)
    layouts = f"; layouts of {', '.join(x.agency for x in contract.layouts)}" if contract.layouts else ""
    say(f"{file.name} is in order: feed {contract.feed} {contract.version}, {len(contract.columns)} columns, "
        f"a row is told by {', '.join(contract.key)}, taken in by {contract.dag}{layouts}.")


@app.command()
def write() -> None:
    """Make again what is made from the contracts: the sources of dbt, the gates' suites, the pages for offices.

    Pages of the office's own feeds go to the folder `docs` beside its contracts.
    """
    from lumbung import gates
    from lumbung.contracts import contracts, derived
    from lumbung.contracts.files import own_folder, shipped_only

    with shipped_only():
        written = [derived.write_sources(PROJECT / "dbt_project" / "models" / "staging" / "_sources.yml"),
                   *gates.write_suites(PROJECT / "expectations"),
                   *derived.write_pages(PROJECT / "docs" / "feeds")]
    if folder := own_folder():
        written += derived.write_pages(folder / "docs", [
            contract for contract in contracts().values() if contract.is_own or contract.layouts])
    for path in written:
        say(str(path))
