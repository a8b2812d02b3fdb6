"""By what a check's finding is known again: the loads behind it, what a measure measured, else the check."""

import hashlib
from dataclasses import replace

from lumbung.alerts import kept
from lumbung.alerts.sending import TOLD_AGAIN_AFTER


def failure_key(step: str, check, batch_id: str) -> str:
    """A critical failure is another one for other loads; of gate raw, for another batch."""
    loads = hashlib.sha256(" ".join(sorted(check.load_ids)).encode()).hexdigest()[:12] if check.load_ids else ""
    return " ".join(filter(None, [batch_id, step, check.table, check.expectation, loads]))


def warning_keys(check) -> list[str]:
    """One a load behind it; of a measure, one for each thing that lies outside its limits."""
    name = f"{check.suite} {check.expectation}"
    subjects = [_subject(one) for one in _outside(check)] or check.load_ids or [check.feed]
    return [f"{name} {subject}".strip() for subject in dict.fromkeys(subjects)]


def news(lines: list[dict], warnings: list, held: set[str]) -> list:
    """The warnings that were not told: what names a load once, all else that stands again after a while.

    Each with only the loads and measures that are new. What is of `held` loads alone is told as held.
    """
    ever = kept.told(lines, "gate_warned")
    lately = kept.told(lines, "gate_warned", TOLD_AGAIN_AFTER["gate_warned"])
    found = []
    for check in warnings:
        loads = [load_id for load_id in check.load_ids if load_id not in held]
        if check.load_ids and not loads:
            continue
        outside = [one for one in _outside(check) if one.get("load_id") not in held]
        if outside:
            outside = [one for one in outside if set(warning_keys(replace(check, measured=[one])))
                       - (ever if one.get("load_id") else lately)]
            if outside:
                named = {one["load_id"] for one in outside if one.get("load_id")}
                found.append(replace(check, measured=outside, load_ids=sorted(named) or check.load_ids))
        elif loads:
            loads = [load_id for load_id in loads if set(warning_keys(replace(check, load_ids=[load_id]))) - ever]
            if loads:
                found.append(replace(check, load_ids=loads))
        elif set(warning_keys(check)) - lately:
            found.append(check)
    return found


def is_of_made_up(check) -> bool:
    """Whether a measure says of all that lies outside its limits that it is made up."""
    outside = _outside(check)
    return bool(outside) and all(one.get("is_synthetic") for one in outside)


def _outside(check) -> list[dict]:
    return [one for one in check.measured if one["observed"] is not None and (
        (check.at_least is not None and one["observed"] < check.at_least)
        or (check.at_most is not None and one["observed"] > check.at_most))]


def _subject(one: dict) -> str:
    return " ".join(f"{name}={value}" for name, value in sorted(one.items())
                    if name != "observed" and value is not None)
