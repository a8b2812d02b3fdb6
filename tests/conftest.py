"""How the tests share out to several workers (pytest-xdist), and what all of them use."""

import os

import pytest
from warm_command import WarmCommand

# Modules whose tests go to one worker, in this order: what is ready for them is made once. A real Airflow has a fixed
# port and half of its time waits, so that another worker has work meanwhile: it comes first.
AIRFLOW = ("tests/e2e/test_airflow.py", "tests/e2e/test_airflow_held.py", "tests/e2e/test_airflow_intake.py",
           "tests/e2e/test_airflow_restate.py")
RUNS = ("tests/e2e/test_run.py", "tests/e2e/test_order.py", "tests/e2e/test_quality_of_data.py",
        "tests/e2e/test_lineage.py", "tests/e2e/test_metrics_run.py")
# Folders of which many modules read the same offices or warehouses: the samples' office belongs to two of them. Every
# other module goes to one worker too, for the homes that its own tests share.
SHARED = {"tests/star/": "the samples' office", "tests/rebuild/": "the samples' office", "tests/marts/": "marts",
          "tests/docs/": "docs", "tests/privacy/": "privacy"}
TOGETHER = {**dict.fromkeys(AIRFLOW, "airflow"), **dict.fromkeys(RUNS, "runs")}
# What takes longest comes first, so that no worker is left with one of them at the end.
FIRST = (*AIRFLOW, *RUNS, "tests/bench/test_bench.py", "tests/marts/", "tests/star/", "tests/rebuild/",
         "tests/transform/test_changes.py", "tests/intake/test_bad_input.py", "tests/privacy/",
         "tests/diff/test_documents.py", "tests/transform/test_transform.py", "tests/docs/",
         "tests/contracts/test_own_contracts.py")


def module_of(item_id: str) -> str:
    return item_id.split("::", 1)[0]


def place_of(module: str) -> int:
    return next((number for number, first in enumerate(FIRST) if module.startswith(first)), len(FIRST))


def group_of(module: str) -> str:
    """What goes to one worker together."""
    shared = (group for folder, group in SHARED.items() if module.startswith(folder))
    return TOGETHER.get(module) or next(shared, module)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: place_of(module_of(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class ByModule(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(module_of(nodeid))

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
