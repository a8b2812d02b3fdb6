"""The native tables as sources of dbt, with the documentation of their columns."""

from pathlib import Path

import yaml

from lumbung.contracts.catalogue import Contract, contracts

HEAD = """# Made from lumbung/contracts by `make contracts`; change a contract, not this file.
# What the run itself writes (schema control) is in _control.yml.
"""
DESCRIPTION = "Native tables of the accepted loads of this run's pin, one a feed, as the contracts have them."
TRACE = {"load_id": ("VARCHAR", "load the row came with"), "sheet": ("VARCHAR", "sheet of a workbook, else empty"),
         "row_number": ("BIGINT", "place in the file; 1 is the first row after the header"),
         "piece": ("INTEGER", "place among the rows made of one row of a wide table, else 0")}


def write_sources(path: Path) -> Path:
    """Write the dbt source `raw` of all feeds: tables, columns, types and what they mean."""
    tables = [source(contract) for contract in contracts().values()]
    text = yaml.safe_dump(
        {"version": 2, "sources": [{"name": "raw", "description": DESCRIPTION, "schema": "raw", "tables": tables}]},
        sort_keys=False, allow_unicode=True, width=160)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def source(contract: Contract) -> dict:
    """The native table of one feed as a table of the source."""
    means = {c.name: c.description for c in contract.columns}
    for key, made_of in contract.pseudonyms.items():
        means[key] = f"pseudonym made from the first there is of {', '.join(c.name for c in made_of)}"
    columns = [{"name": name, "data_type": kind, "description": means[name]}
               for name, kind in contract.warehouse_columns]
    columns += [{"name": name, "data_type": kind, "description": meaning}
                for name, (kind, meaning) in TRACE.items()]
    return {"name": contract.feed, "description": f"{contract.purpose} One row: {contract.grain}.", "columns": columns}
