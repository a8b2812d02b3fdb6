"""What offices send of their programmes: rosters of IKM, targets, readiness visits, reported figures.

inbox → batches of whole files → land, type, gate raw → event for `warehouse`
"""

from airflow.sdk import dag

from lumbung.scheduling.held import announce_held
from lumbung.scheduling.tasks import DEFAULT_ARGS, all_taken_in, announce, find_batches, inbox, loads, take_in


@dag(schedule=inbox("agency_rosters"), max_active_runs=1, catchup=False, default_args=DEFAULT_ARGS,
     tags=["intake"], doc_md=__doc__)
def agency_rosters():
    taken = take_in.expand(batch=find_batches())
    announce.override(outlets=[loads("agency_rosters")])(taken)
    announce_held(taken)
    all_taken_in(taken)


agency_rosters()
