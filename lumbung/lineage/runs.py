"""Runs of jobs: each starts, and completes or fails; those within it are its children.

The id of a run is made of the job and of what names the run (`run-…`, a batch), so that a retry is the same run.
"""

import importlib
import json
import logging
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lumbung.errors import GateFailed
from lumbung.lake.home import Home
from lumbung.lineage import sending
from lumbung.lineage.names import namespace

log = logging.getLogger("lumbung.lineage")
# As other integrations of OpenLineage read them: "<namespace>/<job>/<run id>".
PARENT, ROOT = "OPENLINEAGE_PARENT_ID", "OPENLINEAGE_ROOT_PARENT_ID"


@dataclass(frozen=True)
class Named:
    """A run of a job, by its names."""

    namespace: str
    job: str
    run_id: str

    @classmethod
    def from_text(cls, text: str | None) -> "Named | None":
        """Of `<namespace>/<job>/<run id>`; None where it is not that."""
        parts = (text or "").rsplit("/", 2)
        return cls(*parts) if len(parts) == 3 and all(parts) else None


_within: ContextVar["Step | None"] = ContextVar("within", default=None)
_is_silent: ContextVar[bool] = ContextVar("is_silent", default=False)


@dataclass
class Step:
    """A run that is going on. What it read and wrote is told at its end."""

    home: Home
    name: str
    key: str
    parent: Named | None = None
    root: Named | None = None
    inputs: list = field(default_factory=list)
    outputs: list = field(default_factory=list)

    @property
    def named(self) -> Named:
        return Named(namespace(), self.name, run_id_of(self.name, self.key))

    def add(self, make: str, *given) -> None:
        """Tell the inputs and outputs that `make`, a function of this room, gives of these.

        Its name is `<module>.<function>`: it is imported here, so that no fault of it stops the step. It is logged.
        """
        if _is_off():
            return
        try:
            inputs, outputs = _function(make)(*given)
            self.inputs += inputs
            self.outputs += outputs
        except Exception:
            log.exception("Lineage of %s is not complete.", self.name)

    def within(self, make: str, *given) -> None:
        """Send the events of jobs within this one that `make` gives of this step and these. Raises nothing either."""
        if _is_off():
            return
        try:
            sending.send(self.home, list(_function(make)(self, *given)))
        except Exception:
            log.exception("Lineage within %s is not complete.", self.name)


def within(make: str, *given) -> None:
    """As `Step.within`, of the step that is going on; outside of one nothing is told."""
    if this := _within.get():
        this.within(make, *given)


def run_id_of(job: str, key: str) -> str:
    """The id of the run of a job that `key` names: the same each time."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{namespace()}/{job}/{key}"))


@contextmanager
def silent() -> Iterator[None]:
    """Tell nothing meanwhile: what is built here feeds nobody."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


@contextmanager
def step(home: Home, name: str, key: str) -> Iterator[Step]:
    """Tell that the job `name` runs, named by `key` (a warehouse run or a batch), and how it ends.

    Steps within it are its children; the outermost is a child of the run that OPENLINEAGE_PARENT_ID names.
    """
    outer = _within.get()
    parent = outer.named if outer else Named.from_text(os.environ.get(PARENT))
    root = (outer.root or outer.named) if outer else Named.from_text(os.environ.get(ROOT)) or parent
    this = Step(home, name, key, parent, root)
    token = _within.set(this)
    _tell(this, "START")
    try:
        yield this
    except BaseException as problem:
        _tell(this, "FAIL", problem)
        raise
    else:
        _tell(this, "COMPLETE")
    finally:
        _within.reset(token)


def _function(name: str) -> Callable:
    module, _, function = name.partition(".")
    return getattr(importlib.import_module(f"lumbung.lineage.{module}"), function)


def _is_off() -> bool:
    return _is_silent.get() or sending.is_disabled()


def _tell(this: Step, state: str, problem: BaseException | None = None) -> None:
    if _is_off():
        return
    try:
        from lumbung.lineage.events import run_event

        sending.send(this.home, [run_event(
            this.named, state, datetime.now(UTC), parent=this.parent, root=this.root or this.parent,
            inputs=this.inputs, outputs=this.outputs, about=about_run(this), error=_said(problem) if problem else "")])
    except Exception:
        log.exception("That %s is at %s could not be told.", this.name, state)


def about_run(this: Step) -> dict:
    """What a warehouse run wrote down of itself: `run_time`, `code_version`; a batch has nothing of the kind."""
    path = this.home.run(this.key) / "run.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _said(problem: BaseException) -> str:
    """What kind of failure it was. The rest of its text may repeat cells and names of files: the log has it."""
    if isinstance(problem, GateFailed):
        return problem.what.splitlines()[0]
    return f"{type(problem).__name__}: the log of the run says more."
