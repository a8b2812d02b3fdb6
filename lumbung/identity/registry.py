"""The registry: which id each business was given. Events are only added, one file a run; an id is never reissued."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from lumbung.lake.durable import write_text
from lumbung.lake.home import Home


@dataclass
class State:
    """What the events say: `ikm_of` party -> id in force, `anchors` id -> the party it was first given for.

    `retired` ids were merged into others and are not given again.
    """

    ikm_of: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)
    files: int = 0


def state(home: Home) -> State:
    """The registry as it stands."""
    found = State()
    for path in event_files(home):
        for event in json.loads(path.read_text(encoding="utf-8"))["events"]:
            if event["event"] in ("issued", "split"):
                found.anchors[event["ikm_id"]] = event["parties"][0]
            found.retired |= set(event.get("merged", ()))
            for party in event["parties"]:
                found.ikm_of[party] = event["ikm_id"]
        found.files += 1
    return found


def assign(home: Home, run_id: str, group_of: dict[str, str]) -> dict[str, str]:
    """The id of each party's business; what is new, merged or split is written down as events of the run.

    A business keeps the id its parties had. Of several the one issued first stays (a merge); where an id's parties
    are now several businesses, that with the party it was first given for keeps it (a split).
    """
    now = state(home)
    order = {ikm_id: place for place, ikm_id in enumerate(now.anchors)}
    members: dict[str, list[str]] = {}
    for party in sorted(group_of):
        members.setdefault(group_of[party], []).append(party)
    held = {party: ikm_id for party, ikm_id in now.ikm_of.items() if ikm_id not in now.retired}
    claims = {least: sorted({held[p] for p in parties if p in held}, key=order.__getitem__)
              for least, parties in members.items()}
    keeper = _keepers(now, claims, members, group_of)
    ids, events = {}, []
    for least, parties in sorted(members.items()):
        own = [ikm_id for ikm_id in claims[least] if keeper[ikm_id] == least]
        if own:
            ikm_id, gone = own[0], own[1:]
        else:
            ikm_id, gone = _new_id(least, now), []
            now.anchors[ikm_id] = least
        came = [party for party in parties if now.ikm_of.get(party) != ikm_id]
        if came:
            word = "merged" if gone else "joined" if own else "split" if claims[least] else "issued"
            events.append({"event": word, "ikm_id": ikm_id, "parties": came,
                           **({"merged": gone} if gone else {}),
                           **({"from": claims[least]} if word == "split" else {})})
        ids |= dict.fromkeys(parties, ikm_id)
    if events:
        write_text(_folder(home) / f"{now.files + 1:08d}.json",
                   json.dumps({"run_id": run_id, "events": events}, indent=0) + "\n")
    return ids


def event_files(home: Home) -> list[Path]:
    """The files of the registry in the order they were written."""
    return sorted(path for path in _folder(home).glob("*.json") if not path.name.startswith("."))


def lone_ikm_id(party: str) -> str:
    """The id a business gets that is first known by this party; as the macro lone_ikm_id has it."""
    return "ikm_" + hashlib.md5(party.encode(), usedforsecurity=False).hexdigest()[:15]


def _keepers(now: State, claims: dict, members: dict, group_of: dict[str, str]) -> dict[str, str]:
    """Id -> the business that keeps it: that of its first party, else of the least of its parties there are."""
    claimants: dict[str, list[str]] = {}
    for least, ids in claims.items():
        for ikm_id in ids:
            claimants.setdefault(ikm_id, []).append(least)
    kept = {}
    for ikm_id, groups in claimants.items():
        home_of = group_of.get(now.anchors[ikm_id])
        kept[ikm_id] = home_of if home_of in groups else min(groups, key=lambda least: next(
            p for p in members[least] if now.ikm_of.get(p) == ikm_id))
    return kept


def _new_id(least: str, now: State) -> str:
    ikm_id, again = lone_ikm_id(least), 1
    while ikm_id in now.anchors:
        again += 1
        ikm_id = lone_ikm_id(f"{least}#{again}")
    return ikm_id


def _folder(home: Home) -> Path:
    return home.identity / "registry"
