"""The verdict on a replay once it is typed: each row of a load comes back once."""

from lumbung.intake import reasons
from lumbung.intake.returns.entries import mended_by
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.lake import ledger
from lumbung.lake.asking import rows_of
from lumbung.lake.families import root_of
from lumbung.lake.ledger import Event, Load


class Accepting:
    """The replays of one batch, judged one after the other; the ledger is locked meanwhile."""

    def __init__(self, state: dict[str, Load], typed: TypedBatch):
        self.state, self.typed = state, typed
        self.taken: dict[tuple[str, str, int], str] = {}

    def refused(self, load: LoadRows) -> str:
        """Why an otherwise sound replay can't be accepted: another one mended a row of it meanwhile; else empty."""
        one = load.landed
        if not one.parent_load_id:
            return ""
        root = root_of(self.state, self.state[one.parent_load_id])
        others = {row: by for row, by in mended_by(self.state, root).items() if self.state[by].sha256 != one.sha256}
        mine = [(sheet, number) for sheet, numbers in self._rows(one.load_id).items() for number in numbers]
        for sheet, number in mine:
            if by := others.get((sheet, number)) or self.taken.get((root.load_id, sheet, number)):
                return reasons.of_file("mended_before", f"Baris {' '.join(filter(None, [sheet, str(number)]))} "
                                                        f"diperbaiki oleh kiriman {by}.")
        self.taken |= {(root.load_id, *row): one.load_id for row in mine}
        return ""

    def mended(self, event: Event) -> list[Event]:
        """The event on the parent of an accepted replay that names the rows it brought back in order."""
        if not event.parent_load_id:
            return []
        return [ledger.event_of(self.state[event.parent_load_id], "mended", by_load_id=event.load_id,
                                rows=self._rows(event.load_id), batch_id=self.typed.batch_id, parent_load_id="",
                                constants={})]

    def _rows(self, load_id: str) -> dict[str, list[int]]:
        return dict(rows_of("""
            select sheet, list(distinct row_number order by row_number) from read_parquet(?)
            where load_id = ? group by sheet order by sheet""", [str(self.typed.raw_path), load_id]))
