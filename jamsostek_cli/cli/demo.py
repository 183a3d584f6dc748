"""`jcli demo`: the month of the office on sample data, with every command shown before it runs."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.screen import tell
from jamsostek_cli.cli.session import Session, session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import language, text

_SHOWN = 3
"""Of many commands alike, so many are shown."""


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=text("opt.demo_folder"))] = Path("demo"),
    city: Annotated[bool, typer.Option("--city", help=text("opt.demo_city"))] = False,
) -> None:
    """Run the month of the office on sample data."""
    current = session(ctx)
    stage = Stage(current, folder, "kota.db" if city else "contoh.db")
    if city:
        from jamsostek_cli.cli import demo_city

        demo_city.play(stage)
    else:
        _play(stage)


def sample_data() -> Path:
    """Return the folder of sample rosters: beside the package when installed, beside the code in a clone."""
    package = Path(__file__).parent.parent
    return next(
        place for place in (package / "sample_data", package.parent / "sample_data") if place.is_dir()
    )


class Stage:
    """Where a demonstration plays: a folder of its own, a fresh database, and a way to run commands in view.

    What an earlier demonstration made is replaced; a folder with anything else in it is left alone (E107).
    """

    def __init__(self, current: Session, folder: Path, database: str) -> None:
        from typer.main import get_command

        from jamsostek_cli.cli.app import app

        self.command = get_command(app)  # built once: a city takes hundreds of commands
        self.folder = folder
        self.quiet = current.quiet
        self.database = folder / database
        self.marker = folder / ".jcli-demo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise JcliError("E106", path=folder) from None
        if any(folder.iterdir()) and not self.marker.exists():
            raise JcliError("E107", path=folder)
        self.marker.touch()
        self.database.unlink(missing_ok=True)

    def scene(self, key: str) -> None:
        """Announce the next part."""
        if not self.quiet:
            tell("")
            tell(f"# {text(key)}")

    def run(self, actor: str, day: str, *arguments: str, silent: bool = False) -> None:
        """Show a command as a person would type it, and run it; 0 and 3 are good endings."""
        shown = " ".join(f'"{a}"' if " " in a else a for a in arguments)
        if not (silent or self.quiet):
            tell("")
            tell(f"$ jcli --actor {actor} {shown}")
        where = ["--db", str(self.database), "--today", day, "--actor", actor, "--lang", language(), "--yes"]
        quiet = ["--quiet"] if silent or self.quiet else []
        sys.stdout.flush()
        code = self.command(args=[*where, *quiet, *arguments], prog_name="jcli", standalone_mode=False)
        if code not in {None, 0, 3}:
            raise JcliError("E002", problem=shown)

    def end(self, day: str) -> None:
        """Close with the state of the office."""
        self.run("rina", day, "status")
        if not self.quiet:
            tell("")
            tell(text("demo.end", folder=self.folder))

    def run_each(self, actor: str, day: str, commands: Sequence[Sequence[str]]) -> None:
        """Run many commands alike, the first few in view."""
        for position, arguments in enumerate(commands):
            self.run(actor, day, *arguments, silent=position >= _SHOWN)
        if len(commands) > _SHOWN and not self.quiet:
            tell(text("demo.more", more=len(commands) - _SHOWN))


def _play(stage: Stage) -> None:
    sample = sample_data()
    out = stage.folder
    stage.scene("demo.rosters")
    stage.run("rina", "2025-01-06", "init")
    stage.run("rina", "2025-01-06", "import", str(sample / "rosters"))
    stage.scene("demo.enrol")
    batches = _batches(stage)
    for batch in batches:
        stage.run(
            "rina",
            "2025-01-08",
            "enrol",
            "--batch",
            batch,
            "--from",
            "2025-01",
            "--months",
            "12",
            "--payer",
            "apbd-kota",
            "--decree",
            "SK Wali Kota 100/2025",
            "--registered",
        )
    stage.scene("demo.iuran")
    money = ("--payer", "apbd-kota", "--amount", "24000000", "--source", "DPA 2025")
    stage.run("rina", "2025-01-10", "iuran", "budget", "set", "2025", *money)
    stage.run("rina", "2025-01-10", "iuran", "bill", "2025-01")
    stage.run("rina", "2025-01-13", "iuran", "check", "2025-01", "--heads", "106")
    proof = ("--proof", "SP2D-0117/2025", "--date", "2025-01-14")
    stage.run("rina", "2025-01-14", "iuran", "pay", "2025-01..2025-12", *proof)
    stage.scene("demo.claims")
    _claims(stage, sample)
    stage.scene("demo.coverage")
    for code, workers in _lines(sample / "workforce.csv"):
        figures = ("--year", "2025", "--area", code, "--workers", workers, "--source", "Pendataan OPD 2025")
        stage.run("rina", "2025-01-15", "workforce", "set", *figures, silent=code.count(".") > 1)
    day = "2025-08-04"
    stage.run("rina", day, "report", "coverage", "--year", "2025", "--by", "kelurahan")
    book = str(out / "cakupan-2025.xlsx")
    stage.run("rina", day, "report", "coverage", "--year", "2025", "--by", "kelurahan", "-o", book, "--force")
    stage.run(
        "rina", day, "report", "forecast", "--year", "2025", "-o", str(out / "prakiraan-2025.xlsx"), "--force"
    )
    stage.run("rina", day, "cover", "show", "P-000003")
    stage.run("rina", day, "report", "claims", "--year", "2025")
    stage.run("rina", day, "report", "monthly", "--month", "2025-07", "-o", str(out), "--force")
    stage.end(day)


def _batches(stage: Stage) -> list[str]:
    from jamsostek_cli.operations.roster import batch
    from jamsostek_cli.store.file.database import Database

    return [known.number for known in reversed(batch.listed(Database(stage.database)))]


def _lines(path: Path) -> list[list[str]]:
    """Return the rows of a small CSV without its heading."""
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def _claims(stage: Stage, sample: Path) -> None:
    """Report every death of the list, document and verify the first two, pay the first."""
    deaths = _lines(sample / "deaths.csv")
    stage.run_each(
        "rina",
        "2025-07-28",
        [
            ("claim", "add", nik, "--kind", kind, "--date", died, "--reported", reported, "--cause", cause)
            for nik, kind, died, reported, cause in deaths
        ],
    )
    for number in ("K-2025-0001", "K-2025-0002"):
        stage.run("rina", "2025-07-28", "claim", "document", number, "--all")
        stage.run("budi", "2025-07-29", "verify", number)
    proof = ("--proof", "BPJS-2025-009912", "--date", "2025-07-31")
    stage.run("sari", "2025-07-31", "pay", "K-2025-0001", *proof)
    stage.run("sari", "2025-07-31", "claim", "show", "K-2025-0001")
