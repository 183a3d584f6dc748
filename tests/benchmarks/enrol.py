"""A million people enrolled at once, beside the same rows written by a bare `executemany`.

    python -m tests.benchmarks.enrol measure FILE.db [ROUNDS]    FILE from `tests.benchmarks.cover build`
    python -m tests.benchmarks.enrol floor FILE.db               what it is measured against

In that file nobody is enrolled after 2026, so everybody who is alive can be for 2027. Each run works on a
copy, made before it is measured. The floor finds who is active and writes the same rows in one transaction,
the file's own triggers and indexes included; it asks nobody's age, keeps no trail, and tells of nobody.
"""

import os
import shutil
import sqlite3
import sys
from pathlib import Path

from tests.benchmarks.compare import Goal, compare, report
from tests.benchmarks.startup import ROOT, environment

_ENROL = ("--from", "2027-01", "--payer", "apbd-kota", "--decree", "SK 1/2027", "--registered")


def floor(path: Path) -> None:
    """Enrol everybody who is active, and do nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("BEGIN IMMEDIATE")
    people = connection.execute("SELECT id FROM worker WHERE status = 'active' ORDER BY id").fetchall()
    connection.executemany(
        """
        INSERT INTO enrolment (worker_id, segment, programmes, payer, decree, basis, sector, start_month,
          end_month, planned_end_month, status, recorded_on)
        VALUES (?, 'bpu', 'jkk,jkm', 'apbd-kota', 'SK 1/2027', 1000000, 'other', '2027-01', '2027-12',
          '2027-12', 'active', '2026-01-05')
        """,
        people,
    )
    connection.execute("COMMIT")
    connection.close()


def _copied(source: Path, folder: Path) -> str:
    """Return a copy of the database, with the mark that goes with it."""
    for path in (source, source.with_name(f"{source.name}.tanda")):
        shutil.copy(path, folder / path.name)
    return str(folder / source.name)


def measure(path: Path, rounds: int) -> None:
    """Measure the enrolment of everybody, as it is told on a screen and to programs."""
    python = [sys.executable, "-m"]
    jcli = [*python, "jamsostek_cli", "--today", "2026-01-05", "--actor", "bench", "--no-input"]
    enrol = ("enrol", "--everybody-not-enrolled", *_ENROL)
    with_modules = path.with_name("modules")
    env = {**environment(with_modules), "PYTHONPATH": str(ROOT), "TMPDIR": str(path.parent.resolve())}
    os.environ["TMPDIR"] = env["TMPDIR"]  # where the copies lie, too: a file and its journal for each run
    measured = compare(
        {
            "the same rows by executemany": lambda folder: [
                *python, "tests.benchmarks.enrol", "floor", _copied(path, folder),
            ],
            "one pass: months by kelurahan": lambda _: [
                *python, "tests.benchmarks.cover", "pass", str(path), "months",
            ],
            "enrol, everybody": lambda folder: [*jcli, "--db", _copied(path, folder), *enrol],
            "enrol, everybody, --json": lambda folder: [
                *jcli, "--json", "--db", _copied(path, folder), *enrol,
            ],
        },
        rounds=rounds,
        env=env,
    )  # fmt: skip
    shutil.rmtree(with_modules, ignore_errors=True)
    goal = Goal(processor=1.5, megabytes=250)
    report("everybody enrolled at once", measured, {"enrol, everybody": goal})


def main() -> None:
    """Measure, or run the floor."""
    what, path, *rest = sys.argv[1:]
    if what == "floor":
        floor(Path(path))
    else:
        measure(Path(path), int(rest[0]) if rest else 3)


if __name__ == "__main__":
    main()
