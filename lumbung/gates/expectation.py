"""The one expectation of our own: a query that finds nothing.

Great Expectations' UnexpectedRowsExpectation runs its query twice, once for sample rows and once for their
number. On millions of rows the second pass is most of a gate's cost, and sample rows would carry values into the
results, so this one only counts. The keys behind a failure are looked up afterwards.
"""

from typing import ClassVar

from great_expectations.expectations.core import UnexpectedRowsExpectation


class ExpectQueryToFindNothing(UnexpectedRowsExpectation):
    """Passes when the query gives no row. The query gives keys, and `load_id` where it can, never values."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count",)

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None) -> dict:
        count = metrics["unexpected_rows_query.row_count"]
        return {"success": count == 0, "result": {"observed_value": count}}
