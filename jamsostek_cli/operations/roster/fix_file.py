"""The rows of a batch that did not get in, out to the department that sent them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli import safe_file
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.roster import batch, findings
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register.roster_rows import DoubtfulRow

if TYPE_CHECKING:
    from jamsostek_cli.roster.handed_out.fix_file import FixNote, FixSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRequest:
    """What an officer asked of a fix-file: with `notes` on rows that got in, to come back by `due`."""

    notes: bool = False
    due: datetime.date | None = None
    force: bool = False


def write(db: Database, act: Act, number: str, path: Path, request: FixRequest) -> tuple[int, int]:
    """Write the rows of a batch that did not get in, for the department to put right.

    Return how many rows and notes were written. The file holds full NIKs, so the audit trail keeps that it
    was made.

    Raises E302 (no such batch), E214 (every row got in), E502, E503, E337.
    """
    from jamsostek_cli.roster.handed_out import fix_file
    from jamsostek_cli.roster.handed_out.fix_letter import Letter

    if path.suffix.lower() != ".xlsx":
        raise JcliError("E503", path=path.name, formats="xlsx")
    detail = batch.show(db, number)
    noted = [_note(one) for one in findings.listed(db, number, notes=True)[1]] if request.notes else []
    if not detail.doubtful and not noted:
        raise JcliError("E214", batch=detail.batch.number)
    with db.reading() as connection:
        city = areas.load(connection).name
    letter = Letter(
        batch=detail.batch.number,
        city=city,
        agency=detail.batch.agency,
        file=detail.batch.file,
        rows=len(detail.doubtful),
        notes=len(noted),
        due=request.due,
    )
    sheets = _sheets(detail.doubtful)
    with safe_file.beside(path, force=request.force) as part:
        fix_file.write(part, letter, sheets, noted)
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action="batch.fix_file",
                subject=detail.batch.number,
                after={
                    "file": path.name,
                    "rows": len(detail.doubtful),
                    "notes": len(noted),
                    **departure.told(
                        connection,
                        act,
                        FileKind.FIX_FILE,
                        {path.name: safe_file.sealed(part)},
                        people=len(detail.doubtful) + len(noted),
                        usual=detail.batch.agency,
                    ),
                },
            )
    return len(detail.doubtful), len(noted)


def _sheets(doubtful: Iterable[DoubtfulRow]) -> "list[FixSheet]":
    """Return the rows by the sheet in which they stood."""
    from jamsostek_cli.roster.handed_out.fix_file import FixRow, FixSheet

    by_sheet = [(name, list(rows)) for name, rows in groupby(doubtful, lambda row: row.sheet)]
    return [
        FixSheet(
            name=name,
            headings=rows[0].headings,
            rows=[
                FixRow(
                    row=row.row,
                    first_row=row.first_row,
                    cells=row.cells,
                    findings=row.findings,
                    kelurahan=row.kelurahan,
                )
                for row in rows
            ],
        )
        for name, rows in by_sheet
    ]


def _note(one: findings.RowFinding) -> "FixNote":
    """Return a finding as a department reads it: departments read Indonesian."""
    from jamsostek_cli.roster.findings import FINDINGS, remedy_of_sender
    from jamsostek_cli.roster.handed_out.fix_file import REPEATED, FixNote, titled

    note, remedy = REPEATED
    if one.code in FINDINGS:
        note, remedy = titled(one.code, one.hint), remedy_of_sender(one.code, "id")
    same_as = "" if one.same_as is None else "{} · {}".format(*one.same_as)
    return FixNote(
        one.sheet,
        one.row,
        one.name or "",
        one.cell or "",
        note,
        remedy,
        one.written or "",
        one.stored or "",
        same_as or one.hint or "",
    )
