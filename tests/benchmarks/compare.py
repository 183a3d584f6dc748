"""Run commands in turn (A B A B ...) as whole processes and compare them with the first.

Only ratios from one run count: the machine may be shared and noisy. Processor time says what a command costs,
its own processes with it; wall time says how long somebody waits while other cores are idle.
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
    """Seconds of processor time, seconds by the clock, and peak megabytes of each run."""

    processor: tuple[float, ...]
    seconds: tuple[float, ...]
    megabytes: tuple[float, ...]

    @classmethod
    def of(cls, runs: Sequence[tuple[float, float, float]]) -> "Measured":
        """Return what several runs measured."""
        return cls(*(tuple(column) for column in zip(*runs, strict=True)))


@dataclass(frozen=True)
class Goal:
    """What a command may cost at most: times the first command, seconds of its own, megabytes at its peak."""

    processor: float | None = None
    wall: float | None = None
    seconds: float | None = None
    megabytes: float | None = None

    def told(self, processor: float, wall: float, seconds: float, megabytes: float) -> str:
        """Return each part of the goal and whether it was met."""
        parts = (
            ("processor", self.processor, processor),
            ("wall", self.wall, wall),
            ("s", self.seconds, seconds),
            ("MB", self.megabytes, megabytes),
        )
        return ", ".join(
            f"{name} <= {most:g} {'met' if value <= most else 'MISSED'}"
            for name, most, value in parts
            if most is not None
        )


def once(command: Sequence[str], env: Mapping[str, str]) -> tuple[float, float, float]:
    """Run a command and return its processor time and wall time in seconds, and its peak megabytes.

    Its modules are compiled once, as they are wherever it is installed, and not at every start.
    """
    env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as sink:
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode not in {0, 3}:
            sink.seek(0)
            raise RuntimeError(sink.read().decode(errors="replace"))
    return usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024


def compare(
    commands: Mapping[str, Callable[[Path], Sequence[str]]], *, rounds: int = 5, env: Mapping[str, str]
) -> dict[str, Measured]:
    """Measure each command `rounds` times after a warm-up; each gets an empty folder for every run."""
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                measured = once(command(Path(folder)), env)
            if number:
                runs[name].append(measured)
    return {name: Measured.of(measured) for name, measured in runs.items()}


def report(title: str, measured: Mapping[str, Measured], goals: Mapping[str, Goal] | None = None) -> None:
    """Print medians, ratios taken pair by pair against the first command, and what became of the goals."""
    base = next(iter(measured.values()))
    print(f"## {title}")
    print(f"{'command':34} {'processor':>9} {'ratio':>7} {'wall':>9} {'ratio':>7} {'MB':>7}")
    for name, runs in measured.items():
        processor, wall = _ratio(runs.processor, base.processor), _ratio(runs.seconds, base.seconds)
        spent, waited = statistics.median(runs.processor), statistics.median(runs.seconds)
        peak = max(runs.megabytes)
        goal = (goals or {}).get(name, Goal()).told(processor, wall, spent, peak)
        print(
            f"{name:34} {spent:9.3f} {processor:7.2f} {waited:9.3f} {wall:7.2f} {peak:7.0f}  {goal}".rstrip(),
            flush=True,
        )
    print()


def _ratio(runs: Sequence[float], base: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(runs, base, strict=True))
