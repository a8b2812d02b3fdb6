"""Runs a program as a user would and tells what it cost."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from lumbung.errors import LumbungError

SAMPLE_SECONDS = 0.1
TAIL = 2000


@dataclass(frozen=True)
class Cost:
    """Wall-clock and processor seconds of a process and all it started; the most memory they held together."""

    seconds: float
    cpu_seconds: float
    peak_memory_mb: float


def measured(module: str, *arguments: str | Path, log: Path, environment: dict[str, str] | None = None) -> Cost:
    """Run `python -m module arguments…` to its end; its output goes to `log`.

    Memory is resident memory, sampled ten times a second over the whole process tree.
    Raises LumbungError with the end of the log when the program fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    before = _cpu()
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", module, *map(str, arguments)], stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})})
        try:
            peak = _watch(process)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise LumbungError(f"{module} ended with {process.returncode}:\n{log.read_text(errors='replace')[-TAIL:]}",
                           where=str(log), todo="Mend what it says, then run the benchmark again.")
    return Cost(seconds, _cpu() - before, peak / 2**20)


def _watch(process: subprocess.Popen) -> int:
    """Wait for the process; the most bytes it and its descendants held at one time."""
    peak, root = 0, psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, _resident(root))
        try:
            process.wait(SAMPLE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    return peak


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
