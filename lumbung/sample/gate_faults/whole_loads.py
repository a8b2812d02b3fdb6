"""What gate raw should see: a file unlike its agency's, of another time, or with something missing or doubled."""

from collections.abc import Iterator
from datetime import date

from lumbung.sample.gate_faults.certificates import Certificates, sheet
from lumbung.sample.gate_faults.declarations import Declarations, added_up, dated, json_lines
from lumbung.sample.gate_faults.planted import (
    AGENCY,
    CERTIFIERS,
    CRITICAL,
    CUSTOMS,
    WARNING,
    GateFault,
    load,
    staging,
)

ISSUED = "Tanggal_Terbit"
MOST_ITEMS = 60          # a declaration that comes alone has a few items
SOME_ROWS = 12
LONG_AFTER, LONG_BEFORE = "2098-03-14", "1970-01-01"


def whole_loads(peb: Declarations, ska: Certificates) -> Iterator[GateFault]:
    """Files that stand against what their agency sent before, and files of days that can't be."""
    usual = ska.rows_a_quarter
    late = ska.take_rows(2 * SOME_ROWS)
    yield GateFault("few_rows", "ska", CERTIFIERS, ".csv", sheet(ska.take_rows(max(1, usual // 10))),
                    "a tenth of the rows that a quarter has", (load("rows_like_its_history", WARNING),))
    yield GateFault("many_rows", "peb", CUSTOMS, ".json", json_lines(_of_many_items(peb)),
                    "one declaration with many times the items that such files have",
                    (load("rows_like_its_history", WARNING),))
    yield GateFault("month_left_out", "peb", CUSTOMS, ".json", json_lines(dated(peb.take(), date(2024, 12, 11))),
                    "December comes, and nothing came of October and November",
                    (load("period_follows_the_last", WARNING),))
    yield GateFault("column_empty_now", "ska", CERTIFIERS, ".csv", sheet(ska.take_rows(max(SOME_ROWS, usual // 2),
                                                                                      Netto="")),
                    "the weight, in every file before, is in no row", (load("columns_as_last_time", WARNING),))
    yield GateFault("block_doubled", "ska", AGENCY, ".csv", sheet(_doubled(ska.take_rows(SOME_ROWS))),
                    "five rows stand twice", (load("no_duplicate_keys", WARNING),))
    yield GateFault("some_rows_bad", "ska", AGENCY, ".csv", sheet(_with_bad_rows(ska.take_rows(2 * SOME_ROWS))),
                    "one row in eight breaks the contract", (load("reject_pct_small", WARNING),))
    yield GateFault("one_day_to_come", "ska", AGENCY, ".csv",
                    sheet([*late[:-1], late[-1] | {"Nomor SKA": ska.take()[0]["Nomor SKA"],
                                                   "Tanggal Terbit": LONG_AFTER}]),
                    "one certificate is issued in 2098", (load("some_dates_after_landing", WARNING),
                                                         staging("stg_ska__items", "issued_not_in_future", WARNING)))
    yield GateFault("most_days_to_come", "ska", AGENCY, ".csv",
                    sheet([*ska.take_rows(SOME_ROWS, **{ISSUED: LONG_AFTER}), *ska.take()]),
                    "most certificates are issued in 2098", (load("dates_not_after_landing", CRITICAL),))
    yield GateFault("long_ago", "ska", AGENCY, ".csv",
                    sheet([*ska.take_rows(SOME_ROWS), *ska.take_rows(1, **{ISSUED: LONG_BEFORE})]),
                    "a certificate of 1970, the day that computers count from",
                    (load("some_dates_before_1990", WARNING),))
    yield GateFault("most_long_ago", "ska", AGENCY, ".csv",
                    sheet([*ska.take_rows(SOME_ROWS, **{ISSUED: LONG_BEFORE}), *ska.take()]),
                    "most certificates are of 1970", (load("period_within_reason", CRITICAL),))


def _of_many_items(peb: Declarations) -> dict:
    document = peb.take()
    document["barang"] = [document["barang"][0] | {"seriBarang": number} for number in range(1, MOST_ITEMS + 1)]
    return added_up(document)


def _doubled(rows: list[dict]) -> list[dict]:
    return [*rows, *rows[2:7]]


def _with_bad_rows(rows: list[dict]) -> list[dict]:
    return [row | ({"Jumlah": "-3"} if place % 8 == 4 else {}) for place, row in enumerate(rows)]
