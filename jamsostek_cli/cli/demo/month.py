"""The month of the office on sample data."""

from pathlib import Path

from jamsostek_cli.cli.demo.stage import Stage
from jamsostek_cli.domain.claim import Cause, ClaimKind
from jamsostek_cli.domain.family import Relation
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.tables.wording import word

_ALL = 6
"""Sentences of an answer of which all are heard."""


def sample_data() -> Path:
    """Return the folder of sample rosters: beside the package when installed, beside the code in a clone."""
    package = Path(__file__).parents[2]
    return next(
        place for place in (package / "sample_data", package.parent / "sample_data") if place.is_dir()
    )


def play(stage: Stage) -> None:
    """Play the month, from rosters to the monthly report."""
    sample = sample_data()
    out = stage.folder
    stage.scene("demo.rosters")
    stage.run("rina", "2025-01-06", "init", told=1)
    stage.run("rina", "2025-01-06", "import", str(sample / "rosters"), told=_ALL)
    stage.scene("demo.enrol")
    terms = (
        *("--from", "2025-01", "--months", "12", "--payer", word(Payer.CITY)),
        *("--decree", "SK Wali Kota 100/2025", "--registered"),
    )
    batches = [("enrol", "--batch", batch, *terms) for batch in _batches(stage)]
    stage.run_each("rina", "2025-01-08", batches, told=1)
    stage.scene("demo.iuran")
    money = ("--payer", word(Payer.CITY), "--amount", "24000000", "--source", "DPA 2025")
    stage.run("rina", "2025-01-10", "iuran", "budget", "set", "2025", *money, told=1)
    stage.run("rina", "2025-01-10", "iuran", "bill", "2025-01", told=1)
    stage.run("rina", "2025-01-13", "iuran", "check", "2025-01", "--heads", "106", told=_ALL)
    proof = ("--proof", "SP2D-0117/2025", "--date", "2025-01-14")
    stage.run("rina", "2025-01-14", "iuran", "pay", "2025-01..2025-12", *proof, told=2)
    stage.scene("demo.claims")
    _claims(stage, sample)
    stage.scene("demo.coverage")
    for code, workers in _lines(sample / "workforce.csv"):
        figures = ("--year", "2025", "--area", code, "--workers", workers, "--source", "Pendataan OPD 2025")
        below = code.count(".") > 1
        stage.run("rina", "2025-01-15", "workforce", "set", *figures, silent=below, told=0 if below else 1)
    day = "2025-08-04"
    stage.run("rina", day, "report", "coverage", "--year", "2025", "--by", "kelurahan")
    book = str(out / "cakupan-2025.xlsx")
    stage.run(
        "rina",
        day,
        "report",
        "coverage",
        "--year",
        "2025",
        "--by",
        "kelurahan",
        "-o",
        book,
        "--force",
        told=2,
    )
    stage.run(
        "rina", day, "report", "forecast", "--year", "2025", "-o", str(out / "prakiraan-2025.xlsx"), "--force"
    )
    stage.run("rina", day, "cover", "show", "P-000003", told=1)
    stage.run("rina", day, "report", "claims", "--year", "2025")
    stage.monthly(day, "2025-07", told=2)
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
            (
                *("claim", "add", nik, "--kind", word(ClaimKind(kind)), "--date", died),
                *("--reported", reported, "--cause", word(Cause(cause))),
            )
            for nik, kind, died, reported, cause in deaths
        ],
        told=2,
    )
    for number in ("K-2025-0001", "K-2025-0002"):
        told = 1 if number == "K-2025-0001" else 0
        stage.run("rina", "2025-07-28", "claim", "document", number, "--all", told=told)
        stage.run("budi", "2025-07-29", "verify", number, told=told)
    heir = ("Rahmat Latif", "--relation", word(Relation.SPOUSE))
    stage.run("rina", "2025-07-31", "claim", "heir", "add", "K-2025-0001", *heir, told=1)
    paid = ("--payee", "Rahmat Latif", "--proof", "BPJS-2025-009912", "--date", "2025-07-31")
    stage.run("sari", "2025-07-31", "pay", "K-2025-0001", *paid, told=1)
    stage.run("sari", "2025-07-31", "claim", "show", "K-2025-0001")
