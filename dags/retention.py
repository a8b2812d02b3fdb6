"""Every Sunday night: what is kept no longer goes (LUMBUNG_KEEP_…_DAYS, docs/operate/retention.md).

unpublished releases → files, rows and texts that nothing needs → half-made files, old logs
"""

from airflow.sdk import CronTriggerTimetable, dag

from lumbung.scheduling.keeping import remove_what_is_due
from lumbung.scheduling.tasks import DEFAULT_ARGS


@dag(schedule=CronTriggerTimetable("0 2 * * 0", timezone="Asia/Jakarta"), max_active_runs=1, catchup=False,
     default_args=DEFAULT_ARGS, tags=["warehouse"], doc_md=__doc__)
def retention():
    remove_what_is_due()


retention()
