"""The expectations of our own: a query that finds nothing, and a measure that lies within limits.

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


class ExpectMeasureToBeWithin(ExpectQueryToFindNothing):
    """Passes when `unexpected_rows_query`, rows of `measure_query` whose `observed` is out of limits, gives none."""

    measure_query: str
    at_least: float | None = None
    at_most: float | None = None
