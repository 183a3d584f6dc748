"""How an import grows: many rows beside 34,782, as CSV and as xlsx, and 34,782 rows into a register of many.

    python -m tests.benchmarks.growth [ROWS]

ROWS is a million where nobody says otherwise, and takes some minutes. The rosters come from the generator
that stands beside the repository (`../shared/bench`).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from tests.benchmarks.compare import Goal, Measured, once, report
from tests.benchmarks.import_roster import BENCH, ROOT, ROWS

ENV = {**os.environ, "PYTHONPATH": str(ROOT), "JCLI_ACTOR": "bench"}
MANY = "1000000"


def generated(path: Path, rows: str, seed: int = 1) -> Path:
    """Return a roster of so many rows, made by the generator."""
    maker = str(BENCH / "make_roster.py")
    command = [sys.executable, maker, rows, str(path), "--seed", str(seed)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path


def first_rows(path: Path, of: Path) -> Path:
    """Return the heading and the first rows of a long list: people of the same kind."""
    with of.open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as target:
        target.writelines(islice(source, int(ROWS) + 1))
    return path


def measured(roster: Path, database: Path, *options: str, rounds: int = 1) -> Measured:
    """Import into a copy of a database, and leave what the last round made beside it (`.after`)."""
    after = database.with_suffix(".after")
    runs = []
    for _ in range(rounds):
        shutil.copy(database, after)
        command = [sys.executable, "-m", "jamsostek_cli", "--db", str(after), "import", str(roster), *options]
        runs.append(once(command, ENV))
    return Measured.of(runs)


def main() -> None:
    """Measure and print."""
    many = sys.argv[1] if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        empty = folder / "empty.db"
        init = [sys.executable, "-m", "jamsostek_cli", "--db", str(empty), "init"]
        subprocess.run(init, check=True, env=ENV, capture_output=True)
        large, book = generated(folder / "large.csv", many), generated(folder / "large.xlsx", many)
        small = first_rows(folder / "small.csv", large)
        city = generated(folder / "city.csv", ROWS)
        other = generated(folder / "other.xlsx", ROWS, seed=2)
        rows = f"{many} rows"
        csv = {
            f"{ROWS} of these rows": measured(small, empty, rounds=3),
            f"{ROWS} rows of a city": measured(city, empty, rounds=3),
        }
        into_empty = measured(other, empty, rounds=3)
        csv[rows] = measured(large, empty)
        most = 33 * int(many) / 1_000_000
        report("import of CSV", _one_each(csv), {rows: Goal(processor=most, megabytes=400)})
        full = empty.with_suffix(".after").rename(folder / "full.db")
        kinds = {"as CSV": csv[rows], "as xlsx, --large": measured(book, empty, "--large")}
        goal = Goal(processor=1.3, wall=1.3)
        report(f"import of {rows}", _one_each(kinds), {"as xlsx, --large": goal})
        into_full = f"into one of {rows}"
        register = {"into an empty register": into_empty, into_full: measured(other, full, rounds=2)}
        goal = Goal(processor=2.5)
        report(f"import of {ROWS} rows as xlsx", _one_each(register), {into_full: goal})


def _one_each(runs: dict[str, Measured]) -> dict[str, Measured]:
    """Keep the quickest run of each, so that they can be compared one by one."""
    return {
        name: Measured((min(run.processor),), (min(run.seconds),), (max(run.megabytes),))
        for name, run in runs.items()
    }


if __name__ == "__main__":
    main()
