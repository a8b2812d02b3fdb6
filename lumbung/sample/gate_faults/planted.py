"""A delivery that only a gate can tell is wrong, and the check that should say so."""

from dataclasses import dataclass

CRITICAL, WARNING = "critical", "warning"
AGENCY = "contoh-gerbang"                    # who sends what is held against no history
CUSTOMS, CERTIFIERS = "bea-cukai", "ipska-jabar"


@dataclass(frozen=True)
class Check:
    """A check by its suite (`step.table`) and name, and how much it weighs."""

    suite: str
    name: str
    severity: str

    @property
    def step(self) -> str:
        return self.suite.split(".")[0]

    @property
    def table(self) -> str:
        return self.suite.split(".")[1]


@dataclass(frozen=True)
class GateFault:
    """A file, each row of it good by its contract, with what is wrong with it and the checks that must see it."""

    kind: str
    feed: str
    agency: str
    suffix: str
    content: bytes
    what: str
    checks: tuple[Check, ...]

    @property
    def place(self) -> str:
        """Where the file lies under gate_faults/."""
        return f"{self.kind}/inbox/{self.feed}/{self.agency}/data-buatan-{self.kind.replace('_', '-')}{self.suffix}"


def load(name: str, severity: str) -> Check:
    """A check of gate raw over the profile of a load."""
    return Check("raw.load_profile", name, severity)


def staging(table: str, name: str, severity: str) -> Check:
    """A check of gate staging."""
    return Check(f"staging.{table}", name, severity)


def marts(table: str, name: str, severity: str) -> Check:
    """A check of gate marts."""
    return Check(f"marts.{table}", name, severity)
