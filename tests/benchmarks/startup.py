"""How long jcli takes to start, beside a minimal Typer program.

python -m tests.benchmarks.startup [ROUNDS]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.compare import compare, report

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


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    jcli = [sys.executable, "-m", "jamsostek_cli"]
    with tempfile.TemporaryDirectory() as folder:
        minimal, database = Path(folder) / "minimal.py", str(Path(folder) / "x.db")
        minimal.write_text(MINIMAL)
        subprocess.run([*jcli, "--db", database, "init"], check=True, env=env, capture_output=True)
        small = [sys.executable, str(minimal)]
        report(
            "start-up: help",
            compare(
                {"minimal --help": lambda _: [*small, "--help"], "jcli --help": lambda _: [*jcli, "--help"]},
                rounds=rounds,
                env=env,
            ),
        )
        report(
            "start-up: a command",
            compare(
                {
                    "minimal hello": lambda _: [*small, "hello"],
                    "jcli status": lambda _: [*jcli, "--db", database, "status"],
                    "jcli claim list": lambda _: [*jcli, "--db", database, "claim", "list"],
                },
                rounds=rounds,
                env=env,
            ),
        )


if __name__ == "__main__":
    main()
