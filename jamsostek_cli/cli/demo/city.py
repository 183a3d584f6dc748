"""`jcli demo --city`: a made-up city of 34,782 vulnerable workers, and the figures that started the project.

Nobody in it exists: names are drawn from short lists, and every NIK carries a serial from 7000 upwards.
"""

import datetime
import random
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.screen import tell
from jamsostek_cli.domain.area import Area, WorkforceSegment
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.nik import WOMAN
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.cli.demo.stage import Stage

AREA: Final = "64.74"
"""Bontang, whose figures the article tells."""
PEOPLE: Final = 34_782
"""The first cohort of Bontang, October 2023."""
SHARED: Final = 300
"""So many people of Bontang another city has registered, too."""
DEATHS: Final = 107
PAID: Final = 31
WORKERS: Final = 87_299
"""Employed people of the city, Sakernas August 2024."""
ELSEWHERE: Final = 48_355
"""Made up: active members who are not in this file, so that the article's 95.11 % comes out."""
_SOURCES: Final = {
    WorkforceSegment.ALL: "BPS Sakernas Agustus 2024",
    WorkforceSegment.VULNERABLE: "Pendataan OPD 2023",
}
_BUDGETS: Final = (("2023-10-16", "2023", "1753012800"), ("2024-01-02", "2024", "7012051200"))
"""Made up: the months of each year for the whole cohort."""

_HEADING: Final = (
    "NO", "NIK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JK", "ALAMAT", "RT", "KELURAHAN",
    "PEKERJAAN",
)  # fmt: skip
_MEN: Final = """
    AHMAD BASRI DARWIS EDI FAISAL HAMZAH IRWAN JUMADI KASIM LUKMAN NURDIN PETRUS RAHMAT SLAMET YUSUF
""".split()
_WOMEN: Final = """
    AMINAH DEWI ERNAWATI FATIMAH HASNAH INDAH KARTINI LESTARI MARYAM NORHAYATI RATNA SITI TUTIK WAHYUNI
    YOHANA
""".split()
_SECOND: Final = """
    ADI AYU DWI EKA FITRI HAKIM HIDAYAT INDAH LATIF MAPPA MAULANA NUGROHO NUR PASANG PRATAMA RAHMAN RANTE
    SANTOSO TRI WIJAYA
""".split()
_WORK: Final = (
    "NELAYAN", "TUKANG OJEK", "PEDAGANG PASAR", "PETANI RUMPUT LAUT", "BURUH HARIAN LEPAS", "PENJAHIT",
    "MARBOT MASJID", "TUKANG PIJAT", "MEKANIK", "KURIR",
)  # fmt: skip
_STREETS: Final = ("JL. PATTIMURA", "JL. TARI ENGGANG", "JL. SELAT BALI", "GG. KAKAP", "JL. MULAWARMAN")
_OLDEST: Final = datetime.date(1960, 1, 1)
_YOUNGEST: Final = datetime.date(2005, 9, 30)


def people(area: Area) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a city's roster; one that is not Bontang has registered some people of Bontang."""
    from jamsostek_cli.store.file import areas

    if area.code == AREA:
        yield from numbered(made_up(area, PEOPLE))
        return
    here = [kelurahan.name for kelurahan in area.kelurahan]
    moved = (
        (*row[:-2], here[at % len(here)], row[-1])
        for at, row in enumerate(made_up(areas.from_package(AREA), SHARED))
    )
    yield from numbered(chain(moved, made_up(area, PEOPLE - SHARED)))


def numbered(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield rows with their number before them."""
    return ((number, *row) for number, row in enumerate(rows, 1))


def made_up(area: Area, count: int) -> Iterator[tuple[object, ...]]:
    """Yield people of an area, without a number: always the same ones, every NIK different."""
    seed = 1 if area.code == AREA else area.code
    chance = random.Random(seed)  # noqa: S311 - a made-up city, not a secret
    kelurahan = [(each.code, each.name) for each in area.kelurahan]
    days = (_YOUNGEST - _OLDEST).days
    used: dict[str, int] = {}
    for _ in range(count):
        born = _OLDEST + datetime.timedelta(days=chance.randrange(days))
        woman = chance.random() < 0.4  # noqa: PLR2004 - a made-up share
        code, name = chance.choice(kelurahan)
        stem = f"{code.replace('.', '')[:6]}{born.day + WOMAN * woman:02d}{born:%m%y}"
        used[stem] = used.get(stem, 6999) + 1
        first = chance.choice(_WOMEN if woman else _MEN)
        full = " ".join([first, *chance.sample(_SECOND, chance.randrange(3))])
        street = f"{chance.choice(_STREETS)} NO. {chance.randrange(1, 120)}"
        yield (
            f"{stem}{used[stem]:04d}", full, area.bare_name.upper(), born, "P" if woman else "L", street,
            f"{chance.randrange(1, 50):03d}", name, chance.choice(_WORK),
        )  # fmt: skip


def write_roster(path: Path, rows: Iterator[tuple[object, ...]]) -> None:
    """Write rows as a department would send them."""
    from jamsostek_cli.tables.workbook import open_book

    book = open_book(path, row_by_row=True)
    sheet = book.file.add_worksheet("DATA")
    day = book.file.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, _HEADING)
    for position, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(position, column, value, day)
            else:
                sheet.write(position, column, value)
    book.close()


def play(stage: "Stage", area: Area) -> None:
    """Play the first year of the programme: October 2023 to the article of July 2024."""
    roster = stage.folder / "kota.xlsx"
    tell(text("demo.making", count=figures.count(PEOPLE), path=roster))
    write_roster(roster, people(area))
    stage.scene("demo.rosters")
    stage.run("rina", "2023-10-06", "init", *(() if area.code == AREA else ("--area", area.code)))
    stage.run("rina", "2023-10-09", "import", str(roster), "--agency", "Disnaker")
    stage.scene("demo.enrol")
    stage.run(
        "rina", "2023-10-12", "enrol", "--batch", "B-2023-001", "--from", "2023-10", "--months", "12",
        "--payer", word(Payer.CITY), "--decree", "Perwali 23/2023", "--registered",
    )  # fmt: skip
    stage.scene("demo.iuran")
    stage.run(
        "rina", "2023-10-16", "iuran", "pay", "2023-10..2024-09", "--proof", "SP2D-2210/2023",
        "--date", "2023-10-16",
    )  # fmt: skip
    for day, year, amount in _BUDGETS:
        stage.run(
            "rina", day, "iuran", "budget", "set", year, "--payer", word(Payer.CITY), "--amount", amount,
            "--source", f"DPA {year}",
        )  # fmt: skip
    stage.scene("demo.claims")
    _claims(stage)
    stage.scene("demo.coverage")
    for segment in (WorkforceSegment.ALL, WorkforceSegment.VULNERABLE):
        extra = ["--protected-elsewhere", str(ELSEWHERE)] if segment is WorkforceSegment.ALL else []
        workers = str(WORKERS if segment is WorkforceSegment.ALL else PEOPLE)
        source = _SOURCES[segment] if area.code == AREA else "angka karangan"
        stage.run(
            "rina", "2024-07-16", "workforce", "set", "--year", "2024", "--area", area.code,
            "--segment", word(segment), "--workers", workers, *extra, "--source", source,
        )  # fmt: skip
    _coverage(stage, area)


def _claims(stage: "Stage") -> None:
    """107 deaths reported, 31 of them verified and paid by the middle of July 2024."""
    chance = random.Random(2)  # noqa: S311 - a made-up city, not a secret
    dead = sorted(chance.sample(range(1, PEOPLE + 1), DEATHS))
    first = datetime.date(2023, 11, 1)
    reports = []
    for position, worker in enumerate(dead):
        died = first + datetime.timedelta(days=position * 2)
        reported = max(died + datetime.timedelta(days=9), datetime.date(2024, 1, 2))
        days = ("--date", f"{died}", "--reported", f"{reported}")
        reports.append(("claim", "add", number_of(worker), "--kind", word(ClaimKind.JKM), *days))
    stage.run_each("rina", "2024-07-10", reports)
    numbers = [f"K-2024-{n:04d}" for n in range(1, PAID + 1)]
    stage.run_each("rina", "2024-07-11", [("claim", "document", number, "--all") for number in numbers])
    stage.run("budi", "2024-07-12", "verify", *numbers, "--undecided", "orang karangan")
    stage.run_each(
        "sari",
        "2024-07-15",
        [
            (
                *("pay", number, "--payee-reason", "menurut daftar BPJS"),
                *("--proof", f"BPJS-2024-{position:05d}", "--date", "2024-07-15"),
            )
            for position, number in enumerate(numbers, 1)
        ],
    )


def _coverage(stage: "Stage", area: Area) -> None:
    book = str(stage.folder / "cakupan-2024.xlsx")
    day = "2024-08-01"
    stage.run("rina", day, "report", "coverage", "--year", "2024", "--by", "kelurahan")
    stage.run("rina", day, "report", "coverage", "--year", "2024", "--by", "kelurahan", "-o", book, "--force")
    stage.run("rina", day, "report", "claims", "--year", "2024")
    head = "Bupati" if area.is_regency else "Wali Kota"
    stage.monthly(day, "2024-07", addressee=f"{head} {area.bare_name}")
    stage.end(day)
