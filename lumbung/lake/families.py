"""Loads and their replays: which load rows first came in, and when a replay counts."""

from lumbung.lake.ledger import Load

# A person, or the gate, sent the whole file back: its rows are wanted again with the file and not by themselves.
SENT_BACK = ("refused", "gate_raw")


def root_of(state: dict[str, Load], load: Load) -> Load:
    """The load that the rows of this one first came in: its own, its parent's, and what superseded that."""
    while (next_id := load.parent_load_id or load.superseded_by) in state and next_id:
        load = state[next_id]
    return load


def is_live(load: Load) -> bool:
    """Whether rows of a load in quarantine wait for something: a withdrawn load is out, a superseded one read again,
    and what retention removed is gone."""
    return load.status in ("loaded", "held") or (
        load.status == "rejected" and load.reason_code not in SENT_BACK and "file" not in load.removed)


def is_current(state: dict[str, Load], load: Load) -> bool:
    """Whether a load is no replay, or one of the load that stands: a superseded one may have other row numbers."""
    return not load.parent_load_id or load.parent_load_id == root_of(state, load).load_id


def counts(state: dict[str, Load], load: Load) -> bool:
    """Whether the rows of a load belong to what the next release is made of.

    A replay stands and falls with its root: a held root waits for a person, a withdrawn one takes its rows along. A
    root of which no row could be accepted is no hindrance.
    """
    if load.status != "loaded" or not is_current(state, load):
        return False
    root = root_of(state, load)
    return root.status == "loaded" or (root.status == "rejected" and is_live(root))
