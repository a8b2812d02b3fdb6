"""Loads that are held wait here for a person: approve, and they enter the warehouse; reject, and they are refused.

a load is held → a question under "Required Actions" → released (event for `warehouse`) or rejected
"""

from airflow.sdk import dag

from lumbung.scheduling.held import ask, find_held, held
from lumbung.scheduling.tasks import DEFAULT_ARGS


@dag(schedule=held(), max_active_runs=16, catchup=False, default_args=DEFAULT_ARGS, tags=["intake"], doc_md=__doc__)
def held_loads():
    ask.expand(load=find_held())


held_loads()
