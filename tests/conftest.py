"""How the tests share out to several workers (pytest-xdist), and what all of them use."""

import os

import pytest
from warm_command import WarmCommand

# Modules whose tests go to one worker, in this order: what is ready for them is made once. A real Airflow has a fixed
# port and half of its time waits, so that another worker has work meanwhile: it comes first. Every other module goes to
# one worker too, for the homes that its tests build and share.
AIRFLOW = ("tests/e2e/test_airflow.py", "tests/e2e/test_airflow_held.py", "tests/e2e/test_airflow_intake.py",
           "tests/e2e/test_airflow_restate.py")
RUNS = ("tests/e2e/test_run.py", "tests/e2e/test_order.py", "tests/e2e/test_quality_of_data.py",
        "tests/e2e/test_lineage.py", "tests/e2e/test_metrics_run.py")
REBUILT = ("tests/rebuild/test_rebuild.py", "tests/rebuild/test_restored_home.py")
LONG = ("tests/intake/test_bad_input.py",)
TOGETHER = {**dict.fromkeys(AIRFLOW, "airflow"), **dict.fromkeys(RUNS, "runs"), **dict.fromkeys(REBUILT, "rebuilt")}
FIRST = (*AIRFLOW, *RUNS, *LONG)


def module_of(item_id: str) -> str:
    return item_id.split("::", 1)[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first, so that no worker is left with one of them at the end."""
    place = {module: number for number, module in enumerate(FIRST)}
    items.sort(key=lambda item: place.get(module_of(item.nodeid), len(FIRST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class ByModule(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER.get(module_of(nodeid), module_of(nodeid))

    return ByModule(config, log)


def pytest_runtest_setup(item):
    """Others step back for Airflow, which is held to what it promises by the clock."""
    if ("PYTEST_XDIST_WORKER" in os.environ and module_of(item.nodeid) not in AIRFLOW
            and not os.getpriority(os.PRIO_PROCESS, 0)):
        os.nice(5)


@pytest.fixture(scope="session")
def warm_command():
    command = WarmCommand()
    yield command
    command.close()
