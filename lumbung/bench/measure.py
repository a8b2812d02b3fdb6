"""Runs a program as a user would and tells what it cost."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from lumbung.errors import LumbungError

SAMPLE_SECONDS = 0.1
TAIL = 2000


@dataclass(frozen=True)
class Cost:
    """Wall-clock and processor seconds of a process and all it started; the most memory they held together.

    `memory` are the samples of it: seconds since 1970 and MB.
    """

    seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    memory: list[tuple[float, float]] = field(default_factory=list)

    def peak_within(self, times: list[tuple[float, float]]) -> float:
        """The most MB held at any of these times (from, to; seconds since 1970); 0 where none was sampled."""
        return max((mb for at, mb in self.memory if any(start <= at <= end for start, end in times)), default=0.0)


def measured(module: str, *arguments: str | Path, log: Path, environment: dict[str, str] | None = None) -> Cost:
    """Run `python -m module arguments…` to its end; its output goes to `log`.

    It knows no channels of alerts: a measurement calls nobody. Memory is resident memory, sampled ten times a second
    over the whole process tree.
    Raises LumbungError with the end of the log when the program fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    before = _cpu()
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", module, *map(str, arguments)], stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=subprocess.STDOUT,
                                   env={**os.environ, **(environment or {}), "LUMBUNG_ALERTS": ""})
        try:
            memory = _watch(process)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise LumbungError(f"{module} ended with {process.returncode}:\n{log.read_text(errors='replace')[-TAIL:]}",
                           where=str(log), todo="Mend what it says, then run the benchmark again.")
    return Cost(seconds, _cpu() - before, max((mb for _, mb in memory), default=0.0), memory)


def _watch(process: subprocess.Popen) -> list[tuple[float, float]]:
    """Wait for the process; when it and its descendants held how many MB."""
    memory, root = [], psutil.Process(process.pid)
    while process.poll() is None:
        memory.append((time.time(), _resident(root) / 2**20))
        try:
            process.wait(SAMPLE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    return memory


def _resident(root: psutil.Process) -> int:
    total = 0
    try:
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
