"""Channels are asked all at once, each in a thread that may be left behind: a dead server costs seconds."""

import threading
import time
from dataclasses import dataclass, field

from lumbung.alerts.channels import Channel

LIMIT_SECONDS = 20
MOST_CHARACTERS = 20_000
MOST_LINES = 50


@dataclass
class Asked:
    """What came of asking a channel: the ids of the alerts it took, and why not all of them ("" where it did)."""

    channel: str
    taken: list[str] = field(default_factory=list)
    problem: str = f"It did not answer within {LIMIT_SECONDS} seconds."


def ask(due: dict[Channel, list[dict]], limit_seconds: float = LIMIT_SECONDS) -> list[Asked]:
    """Hand each channel its alerts (lines of `kept`, the newest last) as one message, within the limit."""
    answers = [Asked(channel.name) for channel in due]
    threads = [threading.Thread(target=_ask, args=(channel, due[channel], answer), daemon=True)
               for channel, answer in zip(due, answers, strict=True)]
    until = time.monotonic() + limit_seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0))
    return [Asked(one.channel, list(one.taken), one.problem) for one in answers]


def _ask(channel: Channel, lines: list[dict], answer: Asked) -> None:
    """Where the joint message fails, the newest alert alone tells whether the channel or another alert is at fault."""
    try:
        problem = channel.take(**_message(lines))
        if not problem:
            answer.taken += [line["alert_id"] for line in lines]
        for line in reversed(lines) if problem and len(lines) > 1 else ():
            if not channel.take(**_message([line])):
                answer.taken.append(line["alert_id"])
            elif line is lines[-1]:
                break
        answer.problem = problem if len(answer.taken) < len(lines) else ""
    except Exception as error:      # a channel may fail in any way
        answer.problem = type(error).__name__


def _message(lines: list[dict]) -> dict:
    """Several alerts are one message: a list of late feeds is no reason for as many mails."""
    is_failure = any(line["kind"] == "gate_failed" for line in lines)
    if len(lines) == 1:
        return {"subject": lines[0]["subject"], "body": lines[0]["body"], "is_failure": is_failure}
    lines = sorted(lines, key=lambda line: line["kind"] != "gate_failed")
    body = "\n\n\n".join(f"{line['subject']}\n{'-' * len(line['subject'])}\n{line['body']}" for line in lines)
    if len(body) > MOST_CHARACTERS:
        body = "\n".join([f"- {line['subject']}: {line['what']}" for line in lines[:MOST_LINES]]
                         + ["", "All of it: lumbung alerts --json"])
    return {"subject": f"Lumbung: {len(lines)} peringatan", "body": body, "is_failure": is_failure}
