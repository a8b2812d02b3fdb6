"""What is made from dbt's models and kept in git: the diagram of the star, and a page a mart with its queries."""

from lumbung.docs.erd import erd
from lumbung.docs.models import Model, models
from lumbung.docs.pages import index, page
from lumbung.docs.queries import QUERIES_WANTED, Query, queries
from lumbung.docs.writing import write

__all__ = ["QUERIES_WANTED", "Model", "Query", "erd", "index", "models", "page", "queries", "write"]
