"""What offices send of exhibitions: who took part and who paid, which buyers were met.

inbox → batches of whole files → land, type, gate raw → event for `warehouse`
"""

from airflow.sdk import dag

from lumbung.scheduling.held import announce_held
from lumbung.scheduling.tasks import DEFAULT_ARGS, all_taken_in, announce, find_batches, inbox, loads, take_in


@dag(schedule=inbox("exhibition_records"), max_active_runs=1, catchup=False, default_args=DEFAULT_ARGS,
     tags=["intake"], doc_md=__doc__)
def exhibition_records():
    taken = take_in.expand(batch=find_batches())
    announce.override(outlets=[loads("exhibition_records")])(taken)
    announce_held(taken)
    all_taken_in(taken)


exhibition_records()
