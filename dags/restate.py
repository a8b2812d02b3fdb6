"""Months that are restated: their documents are read again by today's contract and built anew by today's rules.

    airflow backfill create --dag-id restate --from-date 2023-01-01 --to-date 2023-06-30 \\
        --dag-run-conf '{"reason": "…"}' --reprocess-behavior completed

one run a month → event for `warehouse`, which makes the release. What the schedule itself begins is skipped.
"""

from airflow.sdk import CronDataIntervalTimetable, Param, dag

from lumbung.scheduling.tasks import DEFAULT_ARGS, read_again


@dag(schedule=CronDataIntervalTimetable("0 0 1 * *", timezone="UTC"), max_active_runs=1, catchup=False,
     default_args=DEFAULT_ARGS, tags=["warehouse"], doc_md=__doc__, params={
         "reason": Param(None, type=["null", "string"], title="Alasan", description="Kept, and told by the release.")})
def restate():
    read_again()


restate()
