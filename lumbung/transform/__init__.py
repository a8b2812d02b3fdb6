"""From accepted loads to marts: the pin of a run, native tables, dbt models in the build database."""

from lumbung.transform.building import dbt, documentation, manifest_path, parse, unit_tests
from lumbung.transform.changes import changed_months, settle
from lumbung.transform.loading import append
from lumbung.transform.pinning import (
    key_versions,
    parties_path,
    pin,
    pinned_acceptances,
    pinned_decisions,
    pinned_log,
    pinned_nil_returns,
    pinned_restatements,
)
from lumbung.transform.previous import bring_previous
from lumbung.transform.quality import load_quality
from lumbung.transform.shapes import shapes

__all__ = ["append", "bring_previous", "changed_months", "dbt", "documentation", "key_versions", "load_quality",
           "manifest_path", "parse", "parties_path", "pin", "pinned_acceptances", "pinned_decisions", "pinned_log",
           "pinned_nil_returns", "pinned_restatements", "settle", "shapes", "unit_tests"]
