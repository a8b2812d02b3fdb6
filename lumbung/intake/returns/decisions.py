"""What a person decides about a load: withdrawn, restored, released, refused. Each decision is an event."""

import difflib

from lumbung.contracts import contract_of
from lumbung.errors import LumbungError
from lumbung.intake import reasons
from lumbung.intake.batches import Batch, batch_of_loads
from lumbung.intake.returns.editions import as_date
from lumbung.intake.returns.entries import mended_by
from lumbung.lake import ledger
from lumbung.lake.families import root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event, Load, event_of
from lumbung.lake.user import user

WHERE = "lumbung loads"
# A load in one of these states gives way when the same bytes are accepted under a newer contract.
GIVES_WAY = ("landed", "loaded", "rejected", "held")


def find(home: Home, name: str) -> Load:
    """The load whose id is `name` or begins with it. Raises LumbungError where none or several do."""
    state = ledger.loads(home)
    wanted = name.strip().lower()
    if wanted in state:
        return state[wanted]
    found = [load for load_id, load in state.items() if wanted and load_id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise LumbungError(f"{len(found)} loads begin with {name!r}.", where=WHERE,
                           todo=f"Give more of the id: {_listed(found)}.")
    near = [state[x] for x in difflib.get_close_matches(name, state, n=5, cutoff=0.4)]
    near += [x for x in state.values() if x.file_name == name]
    raise LumbungError(f"There is no load {name!r}.", where=WHERE, todo=(
        f"Near ones: {_listed(near)}." if near else "`lumbung loads` lists them; the id is the first column."))


def withdraw(home: Home, name: str, reason: str, by: str = "") -> Load:
    """Take a load out of what the next release is made of; its files stay. Raises LumbungError where it is not in."""
    load = find(home, name)
    if load.status not in ("loaded", "held"):
        raise LumbungError(f"Load {load.load_id} is {load.status}: there is nothing to withdraw.", where=load.file_name,
                           todo="`lumbung loads` shows which loads are loaded or held.")
    _require(reason, "--reason", "say why the load goes")
    ledger.record(home, [event_of(load, "withdrawn", reason_code="withdrawn", reason=reason, decided_by=by or user())])
    return find(home, load.load_id)


def restore(home: Home, name: str, by: str = "") -> Load:
    """Undo a withdrawal. Raises LumbungError where the load is not withdrawn or its bytes came in again meanwhile."""
    load = find(home, name)
    if load.status != "withdrawn":
        raise LumbungError(f"Load {load.load_id} is {load.status}, not withdrawn.", where=load.file_name,
                           todo="Only a withdrawn load can be restored.")
    with ledger.staying(home):
        return _restored(home, load.load_id, by)


def _restored(home: Home, load_id: str, by: str) -> Load:
    state = ledger.loads(home)
    load = state[load_id]
    if gone := load.removed.get("file"):
        raise LumbungError(f"The file of load {load.load_id} and its rows were removed by retention on {gone.at[:10]}.",
                           where=load.file_name, todo="Send the file again: it is taken in as a new one.")
    for other in state.values():
        if _same_bytes(state, load, other) and other.status in ("loaded", "held"):
            raise LumbungError(f"The same file is {other.status} as load {other.load_id}.", where=load.file_name,
                               todo=f"Withdraw {other.load_id} first, or leave it as it is.")
    for other_id in _mended_meanwhile(state, load):
        raise LumbungError(f"Rows that load {load.load_id} mended were mended again by load {other_id}.",
                           where=load.file_name, todo=f"Withdraw {other_id} first, or leave it as it is.")
    ledger.record(home, [event_of(load, "restored", decided_by=by or user())])
    return find(home, load.load_id)


def release(home: Home, name: str, reason: str = "", by: str = "") -> Load:
    """Let a held load in as it is. Raises LumbungError where it is not held, or lacks the date of its edition."""
    load = _held(home, name)
    if load.reason_code == "as_of_missing":
        raise LumbungError(
            f"Load {load.load_id} does not say which date its list describes.", where=f"{load.feed}, {load.file_name}",
            todo=f"Give the date: lumbung loads release {load.load_id} --as-of YYYY-MM-DD")
    ledger.record(home, [event_of(load, "released", reason=reason, decided_by=by or user()),
                         *superseding(ledger.loads(home), load)])
    return find(home, load.load_id)


def date_edition(home: Home, name: str, as_of: str, reason: str = "", by: str = "") -> Batch:
    """Give a held edition its date. Returns the batch that reads the load again with it; nothing is judged yet."""
    load = _held(home, name)
    if load.reason_code != "as_of_missing":
        raise LumbungError(f"Load {load.load_id} is held for another reason: {load.reason}", where=load.file_name,
                           todo=f"Without --as-of: lumbung loads release {load.load_id}")
    column = contract_of(load.feed).edition_column
    ledger.record(home, [event_of(load, "dated", constants={**load.constants, column: as_date(as_of)}, reason=reason,
                                  decided_by=by or user())])
    return batch_of_loads(load.feed, [load.load_id])


def refuse(home: Home, name: str, reason: str = "", by: str = "") -> Load:
    """Reject a held load for good; the same file may be sent again. Raises LumbungError where it is not held."""
    load, by = _held(home, name), by or user()
    said = reasons.of_file("refused", " ".join(filter(None, [f"Oleh {by}.", reason])))
    ledger.record(home, [event_of(load, "rejected", reason_code="refused", reason=said, decided_by=by)])
    return find(home, load.load_id)


def superseding(state: dict[str, Load], new: Load | Event) -> list[Event]:
    """The events by which other loads of the same bytes give way to one that is accepted."""
    why = f"Dibaca ulang sebagai {new.load_id}."
    return [event_of(old, "superseded", by_load_id=new.load_id, reason_code="superseded", reason=why)
            for old in state.values()
            if old.load_id != new.load_id and _same_bytes(state, old, new) and old.status in GIVES_WAY]


def _held(home: Home, name: str) -> Load:
    load = find(home, name)
    if load.status != "held":
        raise LumbungError(f"Load {load.load_id} is {load.status}, not held.", where=load.file_name,
                           todo="Only a held load waits for a decision; `lumbung loads` shows them.")
    return load


def _same_bytes(state: dict[str, Load], a: Load | Event, b: Load | Event) -> bool:
    """Whether two loads are readings of the same bytes, as replays of the same rows."""
    def told(x: Load | Event) -> tuple:
        parent = state.get(x.parent_load_id)
        return x.feed, x.agency, x.sha256, root_of(state, parent).load_id if parent else ""

    return told(a) == told(b)


def _mended_meanwhile(state: dict[str, Load], replay: Load) -> list[str]:
    """The loads that mended rows of this replay since it was withdrawn."""
    if replay.parent_load_id not in state:
        return []
    parent = state[replay.parent_load_id]
    mine = {(sheet, number) for event in parent.mended if event.by_load_id == replay.load_id
            for sheet, numbers in event.rows.items() for number in numbers}
    return sorted({by for row, by in mended_by(state, parent).items() if row in mine and by != replay.load_id})


def _require(text: str, where: str, todo: str) -> None:
    if not text.strip():
        raise LumbungError("A reason is missing.", where=where, todo=f"Please {todo}.")


def _listed(loads: list[Load]) -> str:
    return ", ".join(f"{x.load_id} ({x.feed}, {x.file_name})" for x in loads[:5])
