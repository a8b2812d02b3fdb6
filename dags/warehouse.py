"""From accepted loads to a release: after any intake DAG accepted something or months were restated, one run at a time.

pin → resolve identities → dbt staging → gate → dbt marts → gate → dbt quality → publish; a critical check that fails
stops the run there.
"""

from airflow.sdk import chain, dag

from lumbung.scheduling.tasks import (
    DEFAULT_ARGS,
    dbt_marts,
    dbt_quality,
    dbt_staging,
    gate,
    give_back_lease,
    loads,
    pin,
    publish,
    resolve,
    restated,
)
from lumbung.scheduling.watching import too_slow


@dag(schedule=loads("agency_rosters") | loads("exhibition_records") | loads("export_declarations") | restated(),
     max_active_runs=1, catchup=False, deadline=too_slow(), default_args=DEFAULT_ARGS, tags=["warehouse"],
     doc_md=__doc__)
def warehouse():
    pinned = pin()
    published = publish()
    chain(
        pinned,
        resolve(),
        dbt_staging(),
        gate.override(task_id="gate_staging")("staging"),
        dbt_marts(),
        gate.override(task_id="gate_marts")("marts"),
        dbt_quality(),
        published,
    )
    published >> give_back_lease().as_teardown(setups=pinned)


warehouse()
