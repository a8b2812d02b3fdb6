"""Every morning: what was due from whom, and has not come. A feed that is late is told once a due date.

each contract's cadence and the ledger, agency by agency → alerts
"""

from airflow.sdk import CronTriggerTimetable, dag

from lumbung.scheduling.tasks import DEFAULT_ARGS
from lumbung.scheduling.watching import check_deliveries


@dag(schedule=CronTriggerTimetable("0 7 * * *", timezone="Asia/Jakarta"), max_active_runs=1, catchup=False,
     default_args=DEFAULT_ARGS, tags=["intake"], doc_md=__doc__)
def feed_freshness():
    check_deliveries()


feed_freshness()
