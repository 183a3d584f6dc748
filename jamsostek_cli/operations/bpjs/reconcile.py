"""BPJS's member list held against ours; nothing is changed."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import kpj as cards
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden, masked, masked_beside_birth
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.reports import reconcile as report
from jamsostek_cli.reports.reconcile import Absence, Discrepancy, Member, MemberDifference, Reconciled
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import corrections
from jamsostek_cli.tables.table import Coded, Value

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.lists.reading import ListedMember


def reconcile(
    db: Database,
    path: Path,
    *,
    month: Month,
    payer: str | None = None,
    today: datetime.date,
    opening: "Opening | None" = None,
) -> Reconciled:
    """Hold a member list against the people whom a payer (or any) has at BPJS in a month.

    Raises what `roster.lists.reading.read` raises about the file.
    """
    from jamsostek_cli.roster.lists import reading

    listed = reading.read(path, today, opening)
    with db.reading() as connection:
        of_nik = register_of(connection, listed.rows, month=month, payer=payer)
    differences, agreeing = _rows(listed.rows, of_nik)
    ours = [member for member in dict.fromkeys(of_nik.values()) if _counts(member)]
    there = {of_nik[row.nik].person for row in listed.rows if row.nik and row.nik in of_nik}
    missing = [
        MemberDifference(
            category=Discrepancy.MISSING_THERE,
            worker=number_of(member.worker),
            nik=masked(member.nik),
            whole_nik=member.nik,
            name=member.name,
            ours=member.payer,
        )
        for member in ours
        if member.person not in there
    ]
    order = list(Discrepancy)
    return Reconciled(
        file=listed.file,
        rows=len(listed.rows),
        agreeing=agreeing,
        people=len(ours),
        found=len(ours) - len(missing),
        differences=tuple(sorted([*missing, *differences], key=lambda row: order.index(row.category))),
    )


def register_of(
    connection: Connection, rows: Iterable["ListedMember"], *, month: Month, payer: str | None = None
) -> dict[str, Member]:
    """Return by NIK whom a payer (or any) has at BPJS in a month, and whom the rows speak of.

    Whoever bore another NIK before it was put right stands under both.
    """
    niks = {row.nik for row in rows if row.nik}
    former = corrections.former(connection, niks)
    now = {one.nik for one in former.values()}
    of_nik = {one.nik: one for one in report.members(connection, niks | now, month=month, payer=payer)}
    return of_nik | {nik: of_nik[one.nik] for nik, one in former.items()}


def _counts(member: Member) -> bool:
    """Tell whether a record is a living person whom we have at BPJS."""
    return member.enrolled and member.worker == member.person and member.status != WorkerStatus.DECEASED


def _rows(rows: Sequence["ListedMember"], of_nik: Mapping[str, Member]) -> tuple[list[MemberDifference], int]:
    """Return what is wrong with the rows of the list, and how many agree with us in everything."""
    seen: set[int | str] = set()
    differences: list[MemberDifference] = []
    agreeing = 0
    for row in rows:
        member = of_nik.get(row.nik or "")
        person = member.person if member else row.nik
        if row.nik is None:
            here = [_about(row, member, Discrepancy.UNREADABLE, theirs=problem_of(row))]
        elif person in seen:
            here = [_about(row, member, Discrepancy.TWICE_THERE)]
        else:
            here = list(_differences(row, member))
        if person is not None:
            seen.add(person)
        differences += here
        agreeing += not here
    return differences, agreeing


def problem_of(row: "ListedMember") -> Coded | None:
    """Return why nobody can read the NIK of a row: the finding's code, titled for people."""
    from jamsostek_cli.roster.findings import FINDINGS

    return None if row.problem is None else Coded(row.problem, FINDINGS[row.problem].title())


def _differences(row: "ListedMember", member: Member | None) -> Iterator[MemberDifference]:
    """Yield in what a row of the list disagrees with the register."""
    from jamsostek_cli.roster.lists.verdicts import is_inactive

    inactive = is_inactive(row.status or row.note)
    if member is None:
        yield _about(row, member, Discrepancy.MISSING_HERE, ours=Absence.UNKNOWN, theirs=row.name)
    elif member.status is WorkerStatus.DECEASED:
        if not inactive:
            yield _about(row, member, Discrepancy.DEAD_HERE, ours=member.status, theirs=row.status)
    elif not member.enrolled:
        if not inactive:
            at_bpjs = member.enrolment in {EnrolmentStatus.ACTIVE, EnrolmentStatus.ENDED}
            held = member.payer if at_bpjs else member.enrolment
            ours = held or Absence.NOT_ENROLLED
            yield _about(row, member, Discrepancy.MISSING_HERE, ours=ours, theirs=row.status)
    else:
        if inactive:
            ours, theirs = EnrolmentStatus.ACTIVE, row.status or row.note
            yield _about(row, member, Discrepancy.INACTIVE_THERE, ours=ours, theirs=theirs)
        yield from _facts(row, member)


def _facts(row: "ListedMember", member: Member) -> Iterator[MemberDifference]:
    """Yield the facts about somebody that the lists have differently; what theirs lacks is no difference."""
    from jamsostek_cli.roster.cells.names import alike

    if row.birth_date and row.birth_date != member.birth_date:
        category = Discrepancy.BIRTH_DATE_DIFFERS
        yield _about(row, member, category, ours=member.birth_date, theirs=row.birth_date)
    if row.name and not alike(member.name, row.name):
        yield _about(row, member, Discrepancy.NAME_DIFFERS, ours=member.name, theirs=row.name)
    if row.kpj and row.kpj != member.kpj:
        unknown = member.kpj is None and cards.fault(row.kpj) is None
        category = Discrepancy.KPJ_MISSING_HERE if unknown else Discrepancy.KPJ_DIFFERS
        yield _about(row, member, category, ours=member.kpj, theirs=hidden(row.kpj))


def _about(
    row: "ListedMember",
    member: Member | None,
    category: Discrepancy,
    *,
    ours: Value = None,
    theirs: Value = None,
) -> MemberDifference:
    two_days = member is not None and row.birth_date not in {
        None,
        member.birth_date,
    }  # they may stand beside it
    mask = masked_beside_birth if two_days else masked
    return MemberDifference(
        category=category,
        worker=None if member is None else number_of(member.worker),
        nik=mask(row.nik) if row.nik else None,
        whole_nik=row.nik,
        name=row.name if member is None else member.name,
        sheet=row.sheet,
        row=row.row,
        ours=ours,
        theirs=theirs,
    )
