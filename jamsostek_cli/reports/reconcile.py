"""BPJS's member list held against ours: who is missing on which side, and what the lists say differently."""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter, itemgetter
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import WorkerStatus
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table, Value


class Discrepancy(StrEnum):
    """In what a row of BPJS's list, or somebody of ours, does not agree."""

    MISSING_THERE = "missing-there"
    INACTIVE_THERE = "inactive-there"
    DEAD_HERE = "dead-here"
    MISSING_HERE = "missing-here"
    TWICE_THERE = "twice-there"
    UNREADABLE = "unreadable"
    BIRTH_DATE_DIFFERS = "birth-date-differs"
    NAME_DIFFERS = "name-differs"
    KPJ_DIFFERS = "kpj-differs"
    KPJ_MISSING_HERE = "kpj-missing-here"


class Absence(StrEnum):
    """Why nobody of the register stands behind a row of BPJS's list in the month."""

    UNKNOWN = "unknown"
    NOT_ENROLLED = "not-enrolled"


class Member(NamedTuple):
    """A record of the register in a month.

    `person` is the record it was merged into, or itself; `status` and `kpj` are the person's. `enrolled`
    tells whether the chosen payer has the person at BPJS in the month, `payer` and `enrolment` (its status)
    whoever has or proposes the person then.
    """

    worker: int
    person: int
    nik: str
    name: str
    birth_date: str
    status: WorkerStatus
    enrolled: bool
    payer: Payer | None
    enrolment: EnrolmentStatus | None
    kpj: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDifference:
    """One disagreement; `nik` is masked, `sheet` and `row` are those of BPJS's list.

    `whole_nik` is for BPJS alone, in a file whose writing is on record.
    `ours` and `theirs` are what the two lists say: a word of the office, or a fact as it stands.
    """

    category: Discrepancy
    worker: str | None = None
    nik: str | None = None
    whole_nik: str | None = None
    name: str | None = None
    sheet: str | None = None
    row: int | None = None
    ours: Value = None
    theirs: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What the comparison found.

    `rows` of the list are `agreeing` or differ in something; `people` whom we have at BPJS in the month were
    `found` in it or are missing there.
    """

    file: str
    rows: int
    agreeing: int
    people: int
    found: int
    differences: tuple[MemberDifference, ...]

    @property
    def categories(self) -> dict[Discrepancy, int]:
        """How many there are of each category that occurs."""
        counts = Counter(difference.category for difference in self.differences)
        return {category: counts[category] for category in Discrepancy if counts[category]}


def members(connection: Connection, niks: Iterable[str], *, month: Month, payer: str | None) -> list[Member]:
    """Return everybody whom the payer (or any) has at BPJS in a month, and whoever has one of the NIKs."""
    rows = connection.execute(
        """
        WITH held AS (
          SELECT person_id AS person,
            max(enrolment.status IN ('active', 'ended') AND (:payer IS NULL OR payer = :payer)) AS enrolled,
            min(payer) AS payer, min(enrolment.status) AS status
          FROM enrolment JOIN person_record ON record_id = enrolment.worker_id
          WHERE enrolment.status <> 'refused' AND :month BETWEEN start_month AND end_month
          GROUP BY person_id
        ), card AS (
          SELECT person_id AS person, kpj, max(start_month)
          FROM enrolment JOIN person_record ON record_id = enrolment.worker_id
          WHERE kpj IS NOT NULL GROUP BY person_id
        )
        SELECT record.id AS worker, person.id AS person, record.nik, record.name, record.birth_date,
          person.status, coalesce(held.enrolled, 0) AS enrolled, held.payer, held.status AS enrolment,
          card.kpj
        FROM worker AS record
        JOIN person_record ON record_id = record.id
        JOIN worker AS person ON person.id = person_id
        LEFT JOIN held ON held.person = person.id
        LEFT JOIN card ON card.person = person.id
        WHERE held.enrolled OR record.nik IN (SELECT value FROM json_each(:niks))
        ORDER BY record.id
        """,
        {"month": str(month), "payer": payer, "niks": json.dumps(list(niks))},
    )
    return [
        Member(
            worker=worker,
            person=person,
            nik=nik,
            name=name,
            birth_date=birth_date,
            status=WorkerStatus(status),
            enrolled=bool(enrolled),
            payer=Payer(held_by) if held_by else None,
            enrolment=EnrolmentStatus(enrolment) if enrolment else None,
            kpj=kpj,
        )
        for worker, person, nik, name, birth_date, status, enrolled, held_by, enrolment, kpj in rows
    ]


def reconcile(
    reconciled: Reconciled,
    *,
    month: Month,
    payer: Payer | None,
    as_of: datetime.date,
    full_nik: bool = False,
) -> Report:
    """Return the comparison as a report, ready to be shown or written; with `full_nik` for BPJS alone."""
    facts = {"file": reconciled.file, "payer": payer or "-", "month": month}
    return Report(
        name="reconcile",
        period=str(month),
        as_of=as_of,
        figures=(
            Figure("rows_there", reconciled.rows),
            Figure("rows_agreeing", reconciled.agreeing),
            Figure("rows_differing", reconciled.rows - reconciled.agreeing),
            Figure("people_here", reconciled.people),
            Figure("people_found", reconciled.found),
            Figure("people_missing", reconciled.people - reconciled.found),
        ),
        tables=(_differences(reconciled.differences, full_nik=full_nik), _categories(reconciled)),
        notes=(Note(key="reconcile", facts=facts),),
    )


def _differences(differences: Sequence[MemberDifference], *, full_nik: bool) -> Table:
    return Table.of(
        "differences",
        differences,
        (
            Column("category"),
            Column("worker"),
            Column("nik", of=attrgetter("whole_nik" if full_nik else "nik")),
            Column("name"),
            Column("sheet"),
            Column("row", Kind.COUNT),
            Column("ours"),
            Column("theirs"),
        ),
    )


def _categories(reconciled: Reconciled) -> Table:
    return Table.of(
        "categories",
        reconciled.categories.items(),
        (Column("category", of=itemgetter(0)), Column("count", Kind.COUNT, of=itemgetter(1))),
        summed=("count",),
    )
