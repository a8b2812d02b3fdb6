"""The pin, and the native tables that hold exactly its loads."""

import duckdb
import pytest
from loaded_warehouse import aju

from lumbung import transform
from lumbung.errors import LumbungError


def test_pin_stays_what_was_written(warehouse):
    first = warehouse.peb({"nomor_aju": aju(1)})
    pinned = transform.pin(warehouse.home, "run")
    warehouse.peb({"nomor_aju": aju(2)})
    assert [load["load_id"] for load in pinned] == [first]
    assert transform.pin(warehouse.home, "run") == pinned


def test_rows_of_a_load_in_another_batch_are_leftovers(warehouse):
    first = warehouse.peb({"nomor_aju": aju(1)})
    second = warehouse.peb({"nomor_aju": aju(2)})
    folder = warehouse.home.raw / "peb"
    # The second batch also holds rows of the first load, from an attempt that died.
    duckdb.sql(f"COPY (FROM read_parquet(['{folder}/batch-{first}.parquet', '{folder}/batch-{second}.parquet'])) "
               f"TO '{folder}/both' (FORMAT parquet)")
    (folder / "both").replace(folder / f"batch-{second}.parquet")
    warehouse.append()
    assert warehouse.rows("SELECT load_id, count(*) FROM raw.peb GROUP BY ALL ORDER BY ALL") == sorted(
        [(first, 1), (second, 1)])


def test_lost_rows_stop_the_run_and_leave_the_database_as_it_was(warehouse):
    warehouse.peb({"nomor_aju": aju(1)})
    warehouse.append()
    lost = warehouse.peb({"nomor_aju": aju(2)})
    (warehouse.home.raw / "peb" / f"batch-{lost}.parquet").unlink()
    with pytest.raises(LumbungError, match=lost):
        warehouse.append()
    assert warehouse.rows("SELECT (SELECT count(*) FROM raw.peb), (SELECT count(*) FROM control.loads)") == [(1, 1)]


def test_fewer_rows_than_accepted_stop_the_run(warehouse):
    load = warehouse.peb({"nomor_aju": aju(1)}, {"nomor_aju": aju(2)})
    path = warehouse.home.raw / "peb" / f"batch-{load}.parquet"
    duckdb.sql(f"COPY (SELECT * FROM (FROM read_parquet('{path}')) LIMIT 1) TO '{path}.new' "
               "(FORMAT parquet)")
    path.with_name(f"{path.name}.new").replace(path)
    with pytest.raises(LumbungError, match="1 rows in its Parquet, but 2 were accepted"):
        warehouse.append()
