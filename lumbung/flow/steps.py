"""What every step has in common."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OnStep = Callable[[str, float], None]


@contextmanager
def timed(name: str, on_step: OnStep | None) -> Iterator[None]:
    """Tell `on_step` how long a step took, in seconds."""
    started = time.perf_counter()
    yield
    if on_step:
        on_step(name, time.perf_counter() - started)
