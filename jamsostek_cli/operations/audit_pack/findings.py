"""What a year's audit pack names: people paid for wrongly, claims with a risk, BPJS's own bills."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.second_look import ClaimRisk
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import text
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.reports.audit_pack.money import Invoice
from jamsostek_cli.reports.audit_pack.people import PaidWrongly
from jamsostek_cli.reports.cover import overlaps
from jamsostek_cli.store.claim import claim_history, second_looks
from jamsostek_cli.store.iuran import bills, corrections, people, rates
from jamsostek_cli.tables.table import Coded, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.rules.iuran.correction import Credit
    from jamsostek_cli.store.file.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFile:
    """BPJS's own bill of a month, as the office has it: a list of people, or only its sum in rupiah."""

    month: Month
    payer: Payer | None = None
    path: Path | None = None
    amount: int | None = None


def invoices(db: "Database", today: datetime.date, told: Sequence[InvoiceFile]) -> list[Invoice]:
    """Return BPJS's bills beside ours; raises what `iuran.invoice` raises of each."""
    from jamsostek_cli.operations.iuran import invoice

    asked = []
    lines: list[tuple[Coded, str | None, int]]
    for one in sorted(told, key=lambda each: (each.month, each.payer or "")):
        if one.path is None:
            found = invoice.check_total(
                db, today, month=one.month, payer=one.payer, amount=one.amount, heads=None
            )
            lines = [(_coded(share.category), None, share.amount) for share in found.shares]
        else:
            found = invoice.check_list(db, today, one.path, month=one.month, payer=one.payer)
            lines = [
                (
                    _coded(line.category),
                    None if line.worker_id is None else number_of(line.worker_id),
                    line.amount,
                )
                for line in found.lines
            ]
        ours = found.ours
        asked.append(Invoice(ours.month, ours.payer.value, ours.payable, found.theirs, lines))
    return asked


def _coded(category: object) -> Coded:
    with_words = str(category)
    return Coded(with_words, text(f"invoice_category.{with_words}"))


def paid_wrongly(db: Connection, year: int) -> list[PaidWrongly]:
    """Return what was paid for a year and not owed: credited, still due, or before BPJS had the person."""
    within = Span(Month(year, 1), Month(year, 12))
    law = office_law.in_force(db)
    early = [one for one in corrections.before_registration(db) if one.span.common(within)]
    credited = [(bill.payer, bill.month, credit) for bill, credit in _taken(db) if credit.span.common(within)]
    due = [
        (payer, None, credit)
        for payer in Payer
        for credit in corrections.due(db, payer, law)
        if credit.span.common(within)
    ]
    billed = rates.billed(db, {one.enrolment_id for one in early})
    ids = {one.worker_id for one in early} | {credit.worker_id for _, _, credit in (*credited, *due)}
    named = {worker_id: (nik, name) for worker_id, nik, name in people.names(db, ids)}
    return [
        *(
            PaidWrongly(
                credit.worker_id,
                *named[credit.worker_id],
                _why(credit),
                payer,
                credit.span,
                -credit.amount,
                month,
            )
            for payer, month, credit in (*credited, *due)
        ),
        *(
            PaidWrongly(
                one.worker_id,
                *named[one.worker_id],
                Coded("before-registration", text("say.before_registration")),
                one.payer,
                one.span,
                billed.amount(one.enrolment_id, one.terms, one.span),
                None,
            )
            for one in early
        ),
    ]


def _taken(db: Connection) -> "Iterator[tuple[bills.StoredBill, Credit]]":
    for bill in bills.stored(db):
        if bill.state is BillState.PAID and bill.correction:
            for credit in corrections.of_bill(db, bill.id):
                yield bill, credit


def _why(credit: "Credit") -> Coded:
    return Coded(str(credit.because or credit.reason), word(credit.because or credit.reason))


def paid_twice(db: Connection, year: int, as_of: datetime.date) -> Table:
    """Return the months of a year that two payers paid, by person."""
    report = overlaps.overlaps(
        db,
        span=Span(Month(year, 1), Month(year, 12)),
        period=str(year),
        as_of=as_of,
        billed=partial(rates.billed, db),
    )
    return report.tables[0]


def risks(db: Connection, year: int) -> list[tuple[str, tuple[ClaimRisk, ...], str]]:
    """Return the claims verified in a year that have risks: number, risks, reason of an override."""
    overridden = claim_history.overridden(db)
    return [
        (one.number, one.risks, overridden.get(one.number, ""))
        for month in Span(Month(year, 1), Month(year, 12)).months()
        for one in second_looks.candidates(db, month, overridden)
        if one.risks
    ]
