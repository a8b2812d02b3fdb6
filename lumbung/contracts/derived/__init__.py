"""What is made from the contracts and kept in git: the sources of dbt, and a page a feed for the offices."""

from lumbung.contracts.derived.pages import example_csv, page, write_pages
from lumbung.contracts.derived.sources import source, write_sources

__all__ = ["example_csv", "page", "source", "write_pages", "write_sources"]
