"""How long it takes to find who may be one person: a second roster of 34,782 rows against a first.

    python -m tests.benchmarks.lookalikes [ROUNDS]

Beside it stands the same stage of the practical floor (`../shared/bench`), which compares names of one birth
date alone, and knows neither slips in a NIK nor family cards. Processor time, the best of the rounds.
"""

import contextlib
import gc
import importlib
import io
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from jamsostek_cli.operations.roster import entry
from jamsostek_cli.roster.people import lookalikes
from jamsostek_cli.store.file.database import Database
from tests.benchmarks.compare import Goal
from tests.benchmarks.growth import ENV, generated
from tests.benchmarks.import_roster import BENCH, ROWS


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the shortest processor time of some rounds."""
    times = []
    gc.disable()  # as an import does, and the floor
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def first_of_second(path: Path, rosters: tuple[Path, Path], command: Callable[[Path], list[str]]) -> int:
    """Import two rosters into a database and return the first worker of the second."""
    last = 0
    for roster in rosters:
        with closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.OperationalError):
            (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM worker").fetchone()
        subprocess.run(command(roster), check=False, env=ENV, capture_output=True)
    return int(last) + 1


def ours(path: Path, first: int, rounds: int) -> float:
    """Measure the search for lookalikes of the program."""
    with Database(path).reading() as connection:
        settled = entry.rules(connection)
        register = entry.register(connection, first)
        return best(rounds, lambda: lookalikes.find(register, settled.thresholds, settled.different))


def of_the_floor(path: Path, first: int, rounds: int) -> float:
    """Measure the stage of the floor."""
    sys.path.insert(0, str(BENCH))
    floor = importlib.import_module("floor_import")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        return best(rounds, lambda: floor.fuzzy_pairs(connection, 2, first, "cdist"))


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as made, contextlib.redirect_stderr(io.StringIO()):
        folder = Path(made)
        rosters = (generated(folder / "one.xlsx", ROWS), generated(folder / "two.xlsx", ROWS, seed=2))
        own, floor = folder / "own.db", folder / "floor.db"
        jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(own)]
        subprocess.run([*jcli, "init"], check=True, env=ENV, capture_output=True)
        first = first_of_second(own, rosters, lambda roster: [*jcli, "import", str(roster)])
        spent = ours(own, first, rounds)
        script = str(BENCH / "floor_import.py")
        first = first_of_second(
            floor, rosters, lambda roster: [sys.executable, script, str(roster), str(floor)]
        )
        least = of_the_floor(floor, first, rounds)
        told = Goal(processor=2).told(spent / least, 0, spent, 0)
        print(f"## lookalikes of {ROWS} rows among as many: processor time")
        print(f"{'stage of the floor':34} {least:9.3f} {1:7.2f}")
        print(f"{'jcli':34} {spent:9.3f} {spent / least:7.2f}  {told}\n", flush=True)


if __name__ == "__main__":
    main()
