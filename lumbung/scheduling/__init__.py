"""Lumbung under Airflow: what wakes the DAGs, the tasks they are wired from, a local Airflow."""

WRITER_POOL = "lumbung_writer"
WRITER_POOL_TEXT = "one writer to the build database"
