"""The one kind of error that is meant for a person."""


class LumbungError(Exception):
    """Something a person can mend: what is wrong, where, and what to do.

    `exit_code` is what the command ends with: 1 for a data failure, 2 for wrong usage.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", todo: str = ""):
        self.what, self.where, self.todo = what, where, todo
        super().__init__(" ".join(filter(None, [what, where and f"({where})", todo and f"-> {todo}"])))

    def __reduce__(self):
        return (_rebuild, (type(self), self.what, self.where, self.todo))


def _rebuild(kind: type["LumbungError"], what: str, where: str, todo: str) -> "LumbungError":
    return kind(what, where=where, todo=todo)


class UsageError(LumbungError):
    """The command was asked for something it can't do."""

    exit_code = 2


class GateFailed(LumbungError):
    """A critical check failed: nothing is published."""


class LeaseHeld(LumbungError):
    """Another run is writing to this LUMBUNG_HOME."""
