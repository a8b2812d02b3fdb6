"""One alert, as every channel gets it."""

from dataclasses import dataclass

KINDS = ("gate_failed", "gate_warned", "load_held", "feed_late", "feed_unread", "run_slow")


@dataclass(frozen=True)
class Alert:
    """What happened, where, and what to do, for a person who reads it away from the machine.

    `keys` say what it is about: one of which every key was told before is not told again. `subject` is in Indonesian,
    the rest in English; `details` are lines. `is_made_up` where only made-up rows (DATA BUATAN) are concerned: the log
    and the file have it, and nobody is called. No value of a row, and no name of a person, stands in any of it.
    """

    kind: str
    keys: tuple[str, ...]
    subject: str
    what: str
    where: str = ""
    todo: str = ""
    details: tuple[str, ...] = ()
    is_made_up: bool = False

    def __post_init__(self):
        """Names of files may hold line breaks and worse, and could pass for another line of a log, or a header."""
        for name in ("subject", "what", "where", "todo"):
            object.__setattr__(self, name, _printable(getattr(self, name)))
        object.__setattr__(self, "details", tuple(map(_printable, self.details)))

    @property
    def body(self) -> str:
        """The text below the subject."""
        parts = [self.what, "\n".join(self.details), self.where and f"Where: {self.where}",
                 self.todo and f"Do:    {self.todo}"]
        return "\n\n".join(filter(None, parts))

    @property
    def line(self) -> str:
        """All that a log needs, in one line."""
        return " ".join(filter(None, [self.what, self.where and f"({self.where})", self.todo and f"-> {self.todo}"]))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)
