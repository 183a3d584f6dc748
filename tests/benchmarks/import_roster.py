"""How long a roster of 34,782 rows takes, beside the practical floor and what people write without thinking.

    python -m tests.benchmarks.import_roster [ROUNDS]

The floor and the peers stand beside the repository (`../shared/bench`); without them only jcli is measured.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.compare import Goal, compare, report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
BENCH = ROOT.parent / "shared" / "bench"
ROWS = "34782"


def roster() -> Path:
    """Return the roster to import, made once."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"jcli-bench-{ROWS}.xlsx"
    if not path.exists():
        maker = BENCH / "make_roster.py"
        if maker.exists():
            subprocess.run(
                [sys.executable, str(maker), ROWS, str(path)], check=True, stdout=subprocess.DEVNULL
            )
        else:
            from jamsostek_cli.cli.demo.city import AREA, made_up, numbered, write_roster
            from jamsostek_cli.store.file import areas

            write_roster(path, numbered(made_up(areas.from_package(AREA), int(ROWS))))
    return path


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    book = str(roster())
    env = {**os.environ, "PYTHONPATH": str(ROOT), "JCLI_ACTOR": "bench"}
    jcli = [sys.executable, "-m", "jamsostek_cli"]
    commands: dict[str, Callable[[Path], Sequence[str]]] = {}
    if BENCH.is_dir():
        floor, pandas = str(BENCH / "floor_import.py"), str(BENCH / "peer_pandas.py")
        commands["practical floor"] = lambda folder: [sys.executable, floor, book, str(folder / "f.db")]
    commands["jcli import, database at hand"] = lambda folder: _prepared(jcli, folder, book, env)
    commands["jcli import, first of all"] = lambda folder: [
        "env", f"XDG_DATA_HOME={folder}", *jcli, "import", book,
    ]  # fmt: skip
    if shutil.which("taskset"):
        one_core = ["taskset", "-c", "0"]
        alone = {"jcli import": lambda folder: [*one_core, *_prepared(jcli, folder, book, env)]}
        if BENCH.is_dir():
            alone = {
                "practical floor": lambda folder: [*one_core, *commands["practical floor"](folder)],
                **alone,
            }
        report(
            f"import of {ROWS} rows, one core",
            compare(alone, rounds=rounds, env=env),
            {"jcli import": Goal(processor=1.5, wall=1.5)},
        )
    if BENCH.is_dir():
        commands["pandas(openpyxl) + to_sql, no checks"] = lambda folder: [
            sys.executable, pandas, book, str(folder / "p.db"), "openpyxl",
        ]  # fmt: skip
    report(
        f"import of {ROWS} rows",
        compare(commands, rounds=rounds, env=env),
        {"jcli import, database at hand": Goal(processor=1.5, wall=1, megabytes=150)},
    )


def _prepared(jcli: list[str], folder: Path, book: str, env: dict[str, str]) -> list[str]:
    database = str(folder / "j.db")
    subprocess.run([*jcli, "--db", database, "init"], check=True, env=env, capture_output=True)
    return [*jcli, "--db", database, "import", book]


if __name__ == "__main__":
    main()
