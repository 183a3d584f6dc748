"""`audit pack`: a year of the office in a zip that an auditor checks alone.

The pack is made of the state that the last act left which changed a table. Looks, copies, and packs that were
made since say nothing about the tables, and stand behind it in the trail: so the same state gives the same
bytes, whoever asks for it and how often.
"""

import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Final

from jamsostek_cli import messages, safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.audit_pack import findings
from jamsostek_cli.operations.audit_pack.findings import InvoiceFile
from jamsostek_cli.operations.claim.worth import owed
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.office import database, letterhead
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.reports import claims as claim_report
from jamsostek_cli.reports.audit_pack import claims, money, office, people, sample, trail
from jamsostek_cli.reports.audit_pack.folder import PackFile
from jamsostek_cli.reports.audit_pack.money import Invoice
from jamsostek_cli.reports.coverage import report as coverage_report
from jamsostek_cli.rules.claim import sample as rule
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act, Mark
from jamsostek_cli.store.register import workers
from jamsostek_cli.tables import plain, xlsx
from jamsostek_cli.tables.table import Figure, Note, Report, Table

USUAL: Final = 25
"""So many claims, and so many people, are drawn where nobody says how many."""
_ENDING: Final = ".zip"
_ROOM: Final = "jamsostek_cli.reports.audit_pack"
_LONG: Final = "pack_charged"
"""The table that is too long for a sheet to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade:
    """A pack: the year, the act up to which it holds the trail, the fingerprint of the zip."""

    path: Path
    year: int
    mark: Mark
    sha256: str


def make(
    db: Database,
    act: Act,
    path: Path,
    *,
    year: int,
    seed: int,
    count: int = USUAL,
    invoices: Sequence[InvoiceFile] = (),
    force: bool = False,
) -> PackMade:
    """Write the pack of a year, and put on record that it was made.

    E503 for a file that is no `.zip`, E575 for a database its trail contradicts, E573 for a year that has not
    begun when the office last changed something; E502 and what reading BPJS's bills raises.
    """
    if path.suffix.lower() != _ENDING:
        raise JcliError("E503", path=path.name, formats=_ENDING.lstrip("."))
    with safe_file.beside(path, force=force) as part, messages.speaking("id"):
        asked = findings.invoices(db, act.today, invoices)
        faults = database.verify_audit(db).faults
        with db.reading() as connection:
            mark = audit.state(connection)
            if mark is None or faults:
                raise JcliError("E575", count=len(faults))
            _Year(connection, year, seed, count, mark).fill(part, asked)
        sha256 = safe_file.sealed(part)
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action="audit.pack",
                subject=str(year),
                after={
                    "file": path.name,
                    "sha256": sha256,
                    "seed": seed,
                    "mark": mark.hash,
                    **departure.told(
                        connection,
                        act,
                        FileKind.AUDIT_PACK,
                        {path.name: sha256},
                        people=workers.how_many(connection),
                    ),
                },
            )
    return PackMade(path=path, year=year, mark=mark, sha256=sha256)


class _Year:
    """A year of an open database, as its pack tells it."""

    def __init__(self, db: Connection, year: int, seed: int, count: int, mark: Mark) -> None:
        self._db = db
        self._year = year
        self._seed = seed
        self._count = count
        self._mark = mark
        changed_on = figures.local_day(mark.at)
        self._as_of = min(datetime.date(year, 12, 31), changed_on)
        if changed_on.year < year:
            raise JcliError("E573", year=year, last=changed_on)

    def fill(self, part: Path, asked: Sequence[Invoice]) -> None:
        """Write everything into the zip: tables, reports, the trail, what explains and what checks them."""
        tables = list(self._tables(asked))
        names = {
            table.key: f"tabel/{number:02d}-{_name(table)}.csv" for number, table in enumerate(tables, 1)
        }
        with PackFile(part) as pack:
            for table in tables:
                pack.add(names[table.key], plain.csv_parts(table))
            pack.add("tabel.xlsx", [self._sheets(tables)])
            for report in self._reports():
                pack.add(f"laporan/{text(f'pack_file.{report.name}')}.xlsx", [_workbook(report)])
            pack.add("jejak/jejak.jsonl", trail.rows(self._db, self._mark.seq))
            pack.add("jejak/bagian.csv", trail.digests(self._db, self._mark.seq))
            pack.add("periksa.py", [_enclosed("periksa.py")])
            pack.add("BACA-SAYA.txt", [self._read_me(tables, names)])
            pack.close_with(self._facts(tables, names))

    def _tables(self, asked: Sequence[Invoice]) -> Iterator[Table]:
        chosen = claims.of_year(self._db, self._year)
        numbers = list(chosen.values())
        charged = money.charged(self._db, self._year)
        yield from money.tables(self._db, self._year, asked)
        yield charged
        yield people.paid_wrongly(findings.paid_wrongly(self._db, self._year))
        yield findings.paid_twice(self._db, self._year, self._as_of)
        yield from claims.tables(self._db, chosen, findings.risks(self._db, self._year))
        yield claims.exceptions(self._db, self._year, set(numbers), self._mark.seq)
        yield people.duplicates(self._db, self._year)
        yield sample.papers(self._db, self._drawn(numbers))
        yield sample.people(self._db, self._drawn(sorted({str(row[0]) for row in charged.rows})))
        yield office.decrees(self._db, self._year)
        yield office.officers(self._db, self._mark.seq)

    def _drawn(self, keys: Sequence[str]) -> list[str]:
        return rule.blindly(keys, self._year, self._seed, self._count)

    def _reports(self) -> Iterator[Report]:
        line = letterhead.marked(self._mark)
        yield from (replace(report, mark=line) for report in self._made())

    def _made(self) -> Iterator[Report]:
        first, last = datetime.date(self._year, 1, 1), datetime.date(self._year, 12, 31)
        law = office_law.in_force(self._db)
        yield coverage_report.coverage(self._db, year=self._year, as_of=self._as_of, law=law)
        yield claim_report.claims(
            self._db,
            period=str(self._year),
            first=first,
            last=last,
            as_of=self._as_of,
            owed=owed.unclaimed(self._db, self._as_of),
        )

    def _sheets(self, tables: Sequence[Table]) -> bytes:
        shown = tuple(table for table in tables if table.key != _LONG)
        return _workbook(
            Report(
                name="audit_pack",
                period=str(self._year),
                as_of=self._as_of,
                figures=tuple(Figure(table.key, len(table.rows), family="table") for table in tables),
                tables=shown,
                mark=letterhead.marked(self._mark),
                notes=(Note(key="audit_pack"),),
            )
        )

    def _read_me(self, tables: Sequence[Table], names: dict[str, str]) -> bytes:
        listed = [
            f"{names[table.key]}\n    {text(f'table.{table.key}')} ({figures.count(len(table.rows)):baris})"
            for table in tables
        ]
        rest = ("tabel.xlsx", "laporan", "jejak", "periksa.py", "daftar-berkas.json")
        listed += [f"{name}\n    {text(f'pack_rest.{name}')}" for name in rest]
        said = _enclosed("BACA-SAYA.txt").decode()
        facts = {"year": self._year, "city": areas.load(self._db).name, "seq": self._mark.seq}
        day = figures.day(self._as_of.isoformat())
        whole = said.format(**facts, as_of=day, head=self._mark.hash, contents="\n".join(listed))
        return whole.replace("\n", "\r\n").encode("utf-8-sig")

    def _facts(self, tables: Sequence[Table], names: dict[str, str]) -> dict[str, object]:
        return {
            "kota": areas.load(self._db).name,
            "tahun": self._year,
            "keadaan": self._as_of.isoformat(),
            "penutupan": "belum ditutup",
            "jejak": {"baris": self._mark.seq, "kepala": self._mark.hash, "pada": self._mark.at},
            "sampel": {"angka": self._seed, "banyaknya": self._count},
            "tabel": {
                table.key.removeprefix("pack_"): {
                    "berkas": names[table.key],
                    "kolom": [column.key for column in table.columns],
                }
                for table in tables
            },
        }


def _name(table: Table) -> str:
    """Return what the file of a table is called."""
    return "-".join(text(f"pack_file.{table.key}").split())


def _workbook(report: Report) -> bytes:
    content = io.BytesIO()
    xlsx.write(report, content)
    return content.getvalue()


def _enclosed(name: str) -> bytes:
    """Return a file that goes with every pack as it stands in the program."""
    return resources.files(_ROOM).joinpath(name).read_bytes()
