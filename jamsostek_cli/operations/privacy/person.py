"""Everything on one person, as the law lets them ask for it: facts, sources, money, looks, files."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.operations import departure, worker
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.reporting import report_file
from jamsostek_cli.operations.worker import WorkerDetail
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.privacy import departures, person
from jamsostek_cli.store.privacy.departures import Departure
from jamsostek_cli.store.privacy.person import ActAbout, PersonPayment, Relative, SentLine, SourceRow
from jamsostek_cli.tables.table import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """All that the file holds on a person; `left` are files that name them, `lists` those that may.

    `looks` are acts that only looked at the person, `acts` all others that were about them.
    """

    detail: WorkerDetail
    sources: Sequence[SourceRow]
    relatives: Sequence[Relative]
    payments: Sequence[PersonPayment]
    sent: Sequence[SentLine]
    looks: Sequence[ActAbout]
    acts: Sequence[ActAbout]
    left: Sequence[Departure]
    lists: Sequence[Departure]


def gather(db: Database, act: Act, who: str) -> PersonReport:
    """Return everything on a person, by number or NIK; E401 when there is nobody."""
    detail = worker.show(db, who, act.today)
    with db.reading() as connection:
        number = detail.worker.id
        known_as = person.numbers(connection, number)
        trail = person.trail(connection, known_as)
        of_them = {row.seq for row in trail}
        sent = person.sent(connection, number)
        submitted = {line.file for line in sent}
        gone = departures.every(connection)
        left = [one for one in gone if one.seq in of_them or one.file in submitted]
        return PersonReport(
            detail=detail,
            sources=person.source_rows(connection, number),
            relatives=person.relatives(connection, number),
            payments=person.payments(connection, number),
            sent=sent,
            looks=[row for row in trail if row.action in person.LOOKS],
            acts=[row for row in trail if row.action not in person.LOOKS],
            left=left,
            lists=[one for one in gone if one not in left and one.people > 1],
        )


def note(db: Database, act: Act, number: str, *, reason: str) -> None:
    """Note that everything on a person was shown."""
    with db.writing() as connection:
        audit.record(
            connection,
            act,
            action="privacy.report",
            subject=number,
            reason=hidden(reason),
            after={"day": act.at.date().isoformat()},
        )


def write(
    db: Database, act: Act, report: Report, number: str, paths: Sequence[Path], *, reason: str, force: bool
) -> None:
    """Write the report for the person to files, which are never there without an audit row that says so.

    Raises E502, E503, E337, E106, E108.
    """
    for path in paths:
        report_file.demand_place(report.name, [path], force=force)
    with ExitStack() as places:
        parts = [places.enter_context(safe_file.beside(path, force=force)) for path in paths]
        for path, part in zip(paths, parts, strict=True):
            report_file.fill(db, report, part, path)
        hashes = {path.name: safe_file.sealed(part) for path, part in zip(paths, parts, strict=True)}
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action="privacy.report",
                subject=number,
                reason=hidden(reason),
                after={
                    "day": act.at.date().isoformat(),
                    **departure.told(connection, act, FileKind.PERSON, hashes, people=1),
                },
            )
