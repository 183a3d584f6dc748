"""BPJS's member list held against ours; nothing is changed."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.domain import kpj as cards
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.reports import reconcile as report
from jamsostek_cli.reports.reconcile import Difference, Discrepancy, Member, Reconciled
from jamsostek_cli.store.file.database import Database

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

    Raises what `roster.listing.read` raises about the file.
    """
    from jamsostek_cli.roster.lists import reading

    told = reading.read(path, today, opening)
    niks = {row.nik for row in told.rows if row.nik}
    with db.reading() as connection:
        known = report.members(connection, niks, month=month, payer=payer)
    differences, agreeing = _rows(told.rows, known)
    ours = [one for one in known if _counts(one)]
    there = {one.person for one in known if one.nik in niks}
    missing = [
        Difference(
            category=Discrepancy.MISSING_THERE,
            worker=number_of(one.worker),
            nik=masked(one.nik),
            ours=one.payer,
        )
        for one in ours
        if one.person not in there
    ]
    order = list(Discrepancy)
    return Reconciled(
        file=told.file,
        rows=len(told.rows),
        agreeing=agreeing,
        people=len(ours),
        found=len(ours) - len(missing),
        differences=tuple(sorted([*missing, *differences], key=lambda one: order.index(one.category))),
    )


def _counts(one: Member) -> bool:
    """Tell whether a record is a living person whom we have at BPJS."""
    return one.enrolled and one.worker == one.person and one.status != WorkerStatus.DECEASED


def _rows(rows: Sequence["ListedMember"], known: Iterable[Member]) -> tuple[list[Difference], int]:
    """Return what is wrong with the rows of the list, and how many agree with us in everything."""
    of_nik = {one.nik: one for one in known}
    seen: set[int | str] = set()
    found: list[Difference] = []
    agreeing = 0
    for row in rows:
        one = of_nik.get(row.nik or "")
        person = one.person if one else row.nik
        if row.nik is None:
            here = [_about(row, one, Discrepancy.UNREADABLE, theirs=row.problem)]
        elif person in seen:
            here = [_about(row, one, Discrepancy.TWICE_THERE)]
        else:
            here = list(_differences(row, one))
        if person is not None:
            seen.add(person)
        found += here
        agreeing += not here
    return found, agreeing


def _differences(row: "ListedMember", one: Member | None) -> Iterator[Difference]:
    """Yield in what a row of the list disagrees with the register."""
    from jamsostek_cli.roster.lists.verdicts import is_inactive

    inactive = is_inactive(row.status or row.note)
    if one is None:
        yield _about(row, one, Discrepancy.MISSING_HERE, ours="unknown", theirs=row.name)
    elif one.status == WorkerStatus.DECEASED:
        if not inactive:
            yield _about(row, one, Discrepancy.DEAD_HERE, ours=one.status, theirs=row.status)
    elif not one.enrolled:
        if not inactive:
            enrolment = one.payer if one.enrolment in {"active", "ended"} else one.enrolment
            yield _about(
                row, one, Discrepancy.MISSING_HERE, ours=enrolment or "not-enrolled", theirs=row.status
            )
    else:
        if inactive:
            yield _about(row, one, Discrepancy.INACTIVE_THERE, ours="active", theirs=row.status or row.note)
        yield from _facts(row, one)


def _facts(row: "ListedMember", one: Member) -> Iterator[Difference]:
    """Yield the facts about somebody that the lists have differently; what theirs lacks is no difference."""
    from jamsostek_cli.roster.cells.names import alike

    if row.birth_date and row.birth_date != one.birth_date:
        yield _about(row, one, Discrepancy.BIRTH_DATE_DIFFERS, ours=one.birth_date, theirs=row.birth_date)
    if row.name and not alike(one.name, row.name):
        yield _about(row, one, Discrepancy.NAME_DIFFERS, ours=one.name, theirs=row.name)
    if row.kpj and row.kpj != one.kpj:
        unknown = one.kpj is None and cards.fault(row.kpj) is None
        category = Discrepancy.KPJ_MISSING_HERE if unknown else Discrepancy.KPJ_DIFFERS
        yield _about(row, one, category, ours=one.kpj, theirs=row.kpj)


def _about(
    row: "ListedMember",
    one: Member | None,
    category: Discrepancy,
    *,
    ours: str | None = None,
    theirs: str | None = None,
) -> Difference:
    return Difference(
        category=category,
        worker=None if one is None else number_of(one.worker),
        nik=masked(row.nik) if row.nik else None,
        sheet=row.sheet,
        row=row.row,
        ours=ours,
        theirs=theirs,
    )
