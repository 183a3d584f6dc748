"""What it costs to hand a city over to its province, in processor time, beside the city's own report.

python -m tests.benchmarks.drop FILE.db [FILE.db ...]     files that `tests.benchmarks.cover build` has made

The goal is 55 s a million workers with persons. Measured 2026-11-29 on two busy cores, seconds and MB:
of 35,000 workers counts 1.7 and 138, persons 2.0 and 155; of a million counts 11.6 and 261, persons 17.7
and 337 (13.3 s when less was going on), beside 8.4 and 147 of `report coverage --by kelurahan`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DAY = "2025-12-31"


def measured(env: dict[str, str], *command: object) -> tuple[float, int]:
    """Run jcli; return the seconds of processor time, and the peak of its memory in megabytes."""
    jcli = [sys.executable, "-m", "jamsostek_cli", *map(str, command)]
    running = subprocess.Popen(jcli, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, command
    return used.ru_utime + used.ru_stime, used.ru_maxrss >> 10


def main() -> None:
    """Measure every file, each time into an empty folder."""
    print(f"{'file':24} {'command':24} {'cpu s':>7} {'MB':>6} {'drop MB':>8}")
    for path in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            measured(env, "export", "parquet", "--key-new", folder / "key")
            persons = ("--level", "persons", "--agreement", "X", "--key-file", folder / "key")
            asked = ("--db", path, "--today", DAY)
            export = (*asked, "export", "parquet", "--as-of", DAY, "-o")
            for name, command in {
                "report coverage": (*asked, "report", "coverage", "--year", 2025, "--by", "kelurahan"),
                "export, counts": (*export, folder / "counts"),
                "export, persons": (*export, folder / "persons", *persons),
            }.items():
                seconds, peak = measured(env, *command)
                made = folder / name.rpartition(" ")[2]
                size = sum(one.stat().st_size for one in made.rglob("*") if one.is_file())
                print(f"{path.name:24} {name:24} {seconds:7.1f} {peak:6d} {size / 1e6:8.1f}", flush=True)


if __name__ == "__main__":
    main()
