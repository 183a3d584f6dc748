"""How long jcli takes to start, beside a minimal Typer program.

python -m tests.benchmarks.startup [ROUNDS]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.compare import Goal, compare, report

ROOT = Path(__file__).parents[2]
MINIMAL = '''
import typer
app = typer.Typer()

@app.command()
def hello(name: str = "world") -> None:
    """Say hello."""
    print(name)

@app.command()
def bye(name: str = "world") -> None:
    """Say good-bye."""
    print(name)

app()
'''


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which modules are compiled once, as they are wherever jcli is installed."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    jcli = [sys.executable, "-m", "jamsostek_cli"]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        env = environment(folder)
        minimal, database = folder / "minimal.py", str(folder / "x.db")
        minimal.write_text(MINIMAL)
        roster = str(ROOT / "sample_data" / "rosters" / "01-nelayan.xlsx")
        for filling in (["init"], ["import", roster]):
            subprocess.run([*jcli, "--db", database, *filling], check=False, env=env, capture_output=True)
        small = [sys.executable, str(minimal)]
        report(
            "start-up: help",
            compare(
                {"minimal --help": lambda _: [*small, "--help"], "jcli --help": lambda _: [*jcli, "--help"]},
                rounds=rounds,
                env=env,
            ),
            {"jcli --help": Goal(processor=0.7)},
        )
        report(
            "start-up: a command",
            compare(
                {
                    "minimal hello": lambda _: [*small, "hello"],
                    "jcli status": lambda _: [*jcli, "--db", database, "status"],
                    "jcli claim list": lambda _: [*jcli, "--db", database, "claim", "list"],
                    "jcli find": lambda _: [*jcli, "--db", database, "find", "maryam"],
                },
                rounds=rounds,
                env=env,
            ),
            dict.fromkeys(("jcli status", "jcli claim list", "jcli find"), Goal(processor=1.1)),
        )


if __name__ == "__main__":
    main()
