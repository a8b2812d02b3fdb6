"""What people are shown of what is due, and what the ledger is told of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from lumbung.lake.home import Home
from lumbung.lake.ledger import Event, Load, event_of
from lumbung.lake.user import user
from lumbung.retention import files, rows
from lumbung.retention.due import Due, size_of
from lumbung.retention.finding import Found, Texts
from lumbung.retention.waiting import Row

SAID = {
    "file": "Berkas dan isinya dihapus menurut masa simpan pada {day} oleh {by}.",
    "reading": "Baris dan isian bacaan lama ini dihapus menurut masa simpan pada {day} oleh {by}.",
    "values": "Isian baris yang sudah diperbaiki dihapus menurut masa simpan pada {day} oleh {by}."}


def news(found: Found, texts: Texts, as_of: date) -> list[Event]:
    """What the ledger is told: of each load what goes, and did not go before."""
    by = user()

    def event(load: Load, kind: str, **more) -> Event:
        return event_of(load, "removed", reason_code=kind, reason=SAID[kind].format(day=as_of, by=by), decided_by=by,
                        **more)

    said = {load.load_id: event(load, "file") for group in found.groups for load in group.loads
            if "file" not in load.removed}
    for load, _ in found.readings:
        if not rows.is_gone(load):
            said.setdefault(load.load_id, event(load, "reading"))
    for load_id, lost in sorted(_mended(found, texts).items()):
        if (new := lost - found.told.get(load_id, set())) and not rows.is_gone(found.state[load_id]):
            said.setdefault(load_id, event(found.state[load_id], "values", rows=_by_sheet(new)))
    return list(said.values())


def due(home: Home, found: Found, texts: Texts) -> list[Due]:
    """Each thing that goes. Of what went before nothing is left to tell."""
    whole = [load for group in found.groups for load in group.loads]
    typed = {load_id for ids in rows.typed(home, [*whole, *(load for load, _ in found.readings)]).values()
             for load_id in ids}
    lost: dict[str, int] = defaultdict(int)
    for of_load in texts.values():
        for load_id, of_it in of_load.items():
            lost[load_id] += len(of_it)
    left = typed | lost.keys()
    return [*_files(home, found, left), *_readings(found, {load.load_id for load in whole}, typed, lost),
            *_values(found, texts), *(one for one, _ in found.aged)]


def _files(home: Home, found: Found, left: set[str]) -> Iterator[Due]:
    counted = set()
    for group in found.groups:
        for load in group.loads:
            folder = files.folder(home, load)
            if folder.is_dir() or load.load_id in left or "file" not in load.removed:
                size = size_of(folder) if folder.is_dir() and folder not in counted else 0
                counted.add(folder)
                yield Due("files", load.load_id, group.since, f"{load.status}: {load.feed}, {load.file_name}", size,
                          load.rows_accepted + load.rows_quarantined)


def _readings(found: Found, whole: set[str], typed: set[str], lost: dict[str, int]) -> Iterator[Due]:
    for load, since in found.readings:
        if load.load_id not in whole and (load.load_id in typed or lost[load.load_id] or not rows.is_gone(load)):
            yield Due("readings", load.load_id, since, f"{load.feed}, {load.file_name}",
                      rows=load.rows_accepted * (load.load_id in typed) + lost[load.load_id])


def _values(found: Found, texts: Texts) -> Iterator[Due]:
    for load_id, there in sorted(_mended(found, texts).items()):
        load = found.state[load_id]
        yield Due("values", load_id, min(found.mended[load_id][row] for row in there),
                  f"{load.feed}, {load.file_name}", rows=len(there))


def _mended(found: Found, texts: Texts) -> dict[str, set[Row]]:
    """The rows that were mended, still have a text and lose it, by load."""
    there: dict[str, set[Row]] = defaultdict(set)
    for of_load in texts.values():
        for load_id, of_it in of_load.items():
            if mended := of_it & found.mended.get(load_id, {}).keys():
                there[load_id] |= mended
    return dict(there)


def _by_sheet(places: set[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for _, sheet, number in sorted(places):
        found[sheet].append(number)
    return dict(found)
