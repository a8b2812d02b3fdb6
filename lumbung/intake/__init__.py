"""Files in the inbox become typed Parquet: land, type, judge. Every bad row is kept, every file is in the ledger."""

from lumbung.intake.apart import summed, type_apart
from lumbung.intake.batches import Batch, plan, waiting, whole_files
from lumbung.intake.dated_loads import loads_of_months
from lumbung.intake.landing import Landed, land
from lumbung.intake.nil import nil_return
from lumbung.intake.tables import loads_table, quarantine_groups, quarantine_table
from lumbung.intake.typed import type_loads
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.intake.verdicts import HELD_BY_GATE, judge, nothing_new

__all__ = [
    "HELD_BY_GATE", "Batch", "Landed", "LoadRows", "TypedBatch", "judge", "land", "loads_of_months", "loads_table",
    "nil_return",
    "nothing_new", "plan", "quarantine_groups", "quarantine_table", "summed", "type_apart", "type_loads", "waiting",
    "whole_files"]
