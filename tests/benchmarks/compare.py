"""Run commands in turn (A B A B ...) as whole processes and compare them with the first.

Only ratios from one run count: the machine may be shared and noisy.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """Seconds and peak megabytes of each run."""

    seconds: tuple[float, ...]
    megabytes: tuple[float, ...]


def once(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """Run a command and return its wall time in seconds and its peak memory in megabytes."""
    with tempfile.TemporaryFile() as sink:
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, env=dict(env))
        _, status, usage = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode not in {0, 3}:
            sink.seek(0)
            raise RuntimeError(sink.read().decode(errors="replace"))
    return seconds, usage.ru_maxrss / 1024


def compare(
    commands: Mapping[str, Callable[[Path], Sequence[str]]], *, rounds: int = 5, env: Mapping[str, str]
) -> dict[str, Measured]:
    """Measure each command `rounds` times after a warm-up; each gets an empty folder for every run."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                measured = once(command(Path(folder)), env)
            if number:
                runs[name].append(measured)
    return {
        name: Measured(tuple(s for s, _ in pairs), tuple(m for _, m in pairs)) for name, pairs in runs.items()
    }


def report(title: str, measured: Mapping[str, Measured]) -> None:
    """Print medians, and ratios taken pair by pair against the first command."""
    base = next(iter(measured.values()))
    print(f"## {title}")
    print(f"{'command':34} {'seconds':>9} {'MB':>7} {'ratio':>7}")
    for name, runs in measured.items():
        ratio = statistics.median(a / b for a, b in zip(runs.seconds, base.seconds, strict=True))
        seconds, megabytes = statistics.median(runs.seconds), max(runs.megabytes)
        print(f"{name:34} {seconds:9.3f} {megabytes:7.0f} {ratio:7.2f}")
    print()
