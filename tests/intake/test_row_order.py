"""A row number is the row's place in its file, however many threads read and type it."""

from intake_files import csv_of, item

ROWS = 120_000


def test_a_file_typed_by_several_threads_keeps_its_row_numbers(lake):
    head, line = csv_of([item(1) | {"item_number": "@", "item_description": "Meja " + "kayu " * 40}]).splitlines()
    lake.drop("peb/bc/a.csv", "\n".join([head, *(line.replace("@", str(n)) for n in range(1, ROWS + 1))]))
    lake.take_in()
    found = lake.accepted("peb", "row_number, item_number")
    assert len(found) == ROWS
    assert sum(row != number for row, number in found) == 0
