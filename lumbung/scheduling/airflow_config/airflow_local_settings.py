"""Read by every Airflow process at its start (this folder is on its PYTHONPATH).

LocalExecutor forks its workers, and they fork a process for each task, from the scheduler; a Celery worker does the
same. What these have imported, no task has to import again. Great Expectations and dbt are seconds of it, more than
most tasks' own work.
"""

import logging
import sys

if sys.argv[1:2] == ["scheduler"] or sys.argv[1:3] == ["celery", "worker"]:
    # Great Expectations remarks on every function it documents.
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations  # noqa: F401

    import lumbung.gates
    import lumbung.intake
    import lumbung.publish
    import lumbung.report
    import lumbung.transform  # noqa: F401
