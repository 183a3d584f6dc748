"""BPJS's member list held against ours: who is missing on which side, and what the lists say differently."""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


class Category(StrEnum):
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
    status: str
    enrolled: bool
    payer: str | None
    enrolment: str | None
    kpj: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One disagreement; `nik` is masked, `sheet` and `row` are those of BPJS's list."""

    category: Category
    worker: str | None = None
    nik: str | None = None
    sheet: str | None = None
    row: int | None = None
    ours: str | None = None
    theirs: str | None = None


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
    differences: tuple[Difference, ...]

    @property
    def categories(self) -> dict[Category, int]:
        """How many there are of each category that occurs."""
        found = Counter(one.category for one in self.differences)
        return {category: found[category] for category in Category if found[category]}


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
    return [Member(*row) for row in rows]


def reconcile(found: Reconciled, *, month: Month, payer: str | None, as_of: datetime.date) -> Report:
    """Return the comparison as a report, ready to be shown or written."""
    return Report(
        name="reconcile",
        period=str(month),
        as_of=as_of,
        figures=(
            Figure("rows_there", found.rows),
            Figure("rows_agreeing", found.agreeing),
            Figure("rows_differing", found.rows - found.agreeing),
            Figure("people_here", found.people),
            Figure("people_found", found.found),
            Figure("people_missing", found.people - found.found),
        ),
        tables=(_differences(found.differences), _categories(found)),
        notes=(Note(key="reconcile", facts={"file": found.file, "payer": payer or "-", "month": month}),),
    )


def _differences(differences: Sequence[Difference]) -> Table:
    return Table(
        key="differences",
        columns=(
            Column("category"),
            Column("worker"),
            Column("nik"),
            Column("sheet"),
            Column("row", Kind.COUNT),
            Column("ours"),
            Column("theirs"),
        ),
        rows=[(d.category.value, d.worker, d.nik, d.sheet, d.row, d.ours, d.theirs) for d in differences],
    )


def _categories(found: Reconciled) -> Table:
    return Table(
        key="categories",
        columns=(Column("category"), Column("count", Kind.COUNT)),
        rows=[(category.value, count) for category, count in found.categories.items()],
        total=(None, len(found.differences)),
    )
