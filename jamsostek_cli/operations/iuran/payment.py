"""Contributions: the months that are paid, which is what makes people covered."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.operations.claim.worth import repriced as claims_repriced
from jamsostek_cli.operations.claim.worth.repriced import Repriced
from jamsostek_cli.operations.iuran import reckoning
from jamsostek_cli.operations.office import calendar
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules import clocks
from jamsostek_cli.rules.iuran.bill import ReckonedBill
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import bills, corrections, owing, payments
from jamsostek_cli.store.iuran.bills import StoredBill


@dataclass(frozen=True, slots=True, kw_only=True)
class IuranPaid:
    """Months that were marked as paid; all sums in rupiah over all months.

    `still_owed` are earlier months that somebody of the payer still owes, `repriced` the claims that are
    worth something else now.
    """

    payer: Payer
    proof: str
    bills: tuple[ReckonedBill, ...]
    still_owed: tuple[Month, ...] = ()
    repriced: tuple[Repriced, ...] = ()

    @property
    def amount(self) -> int:
        """What the months cost."""
        return sum(bill.amount for bill in self.bills)

    @property
    def correction(self) -> int:
        """What is taken off for months that were paid and not owed: 0 or less."""
        return sum(bill.correction for bill in self.bills)

    @property
    def payable(self) -> int:
        """What was transferred."""
        return self.amount + self.correction


def pay(
    db: Database,
    act: Act,
    span: Span,
    *,
    proof: str,
    paid_on: datetime.date,
    payer: Payer | None = None,
    dry_run: bool = False,
    shown: IuranPaid | None = None,
) -> IuranPaid:
    """Mark the months of `span` as paid for everybody the payer has enrolled at BPJS.

    Who joined after a month's bill was paid is paid for by a supplement with a proof of its own. What earlier
    bills paid too much is credited by the payer's earliest open bill, else by the first month's own bill.
    Claims that wait to be verified are priced again, because other months are paid now. Raises E303 (date in
    the future), E304 (more than one payer: say which), E306 (a month is paid for everybody), E307 (nobody to
    pay for in a month), E308 (the proof number was used before), E350 (an open bill is out of date, or what
    is owed is no longer what was `shown` to somebody who said yes to it).
    """
    if paid_on > act.today:
        raise JcliError("E303", date=paid_on)
    with db.changing(dry_run=dry_run) as connection:
        payments.refuse_known_proof(connection, proof)
        payer = payer or only_payer(connection, span)
        result = IuranPaid(payer=payer, proof=proof, bills=tuple(_due(connection, payer, span)))
        if shown is not None and shown.bills != result.bills:
            raise JcliError("E350", month=span.first, payer=payer)
        first = _first_touched(result.bills)
        before = claims_repriced.worths(connection, first)
        seq = audit.record(
            connection,
            act,
            action="iuran.pay",
            subject=f"{span.first}..{span.last} {payer}",
            after={
                "proof": proof,
                "paid_on": paid_on,
                "amount": result.amount,
                "correction": result.correction,
                "months": len(result.bills),
            },
        )
        payment = payments.add_payment(
            connection,
            proof=proof,
            paid_on=paid_on.isoformat(),
            payer=payer,
            amount=result.payable,
            audit_seq=seq,
        )
        for bill in result.bills:
            corrections.take(connection, reckoning.put(connection, bill, payment), bill.credits)
        _mark(connection, payer, result.bills, payment)
        pricing.price_again(connection)
        return replace(
            result,
            still_owed=tuple(owing.months_owed(connection, payer, span.first)),
            repriced=claims_repriced.repriced(connection, first, before),
        )


def _first_touched(due: Sequence[ReckonedBill]) -> Month:
    """Return the first month that becomes paid, or that a credit makes unpaid."""
    credited = [credit.span.first for bill in due for credit in bill.credits]
    return min([*credited, *(bill.month for bill in due)])


def only_payer(connection: Connection, span: Span) -> Payer:
    """Return the one payer who has somebody to pay for; E304 when there are several, E307 for none."""
    known = payments.payers(connection, span)
    if len(known) > 1:
        raise JcliError("E304", payers=tuple(known))
    if not known:
        raise JcliError("E307", month=span.first)
    return known[0]


def _due(connection: Connection, payer: Payer, span: Span) -> list[ReckonedBill]:
    """Return what the months still cost; an open bill must still say so (E350).

    E306 for a month that is paid for everybody, E307 for one with nobody to pay for.
    """
    law = office_law.in_force(connection)
    taker = bills.first_open(connection, payer)
    due = []
    for month in span.months():
        reckoned = reckoning.reckoned(connection, payer, month, law, credited=taker in {None, month})
        stored = bills.stored(connection, month=month, payer=payer)
        for bill in stored:
            if bill.state is BillState.OPEN:
                reckoning.refuse_stale(connection, bill, reckoned)
        if reckoned is None:
            raise JcliError("E306" if stored else "E307", month=month, payer=payer)
        if not reckoned.supplement:
            taker = taker or month
        due.append(reckoned)
    return due


def _mark(connection: Connection, payer: Payer, paid: Sequence[ReckonedBill], payment: int) -> None:
    """Mark the months as paid: whole runs at once, supplements month by month."""
    for supplementary, group in groupby(paid, key=lambda bill: bill.supplement > 0):
        months = [bill.month for bill in group]
        runs = [Span(month, month) for month in months] if supplementary else [Span(months[0], months[-1])]
        for run in runs:
            if supplementary:
                payments.mark_supplement(connection, payer, run.first, payment)
            else:
                payments.mark_paid(connection, payer, run)


def bill_list(db: Database, year: int | None = None) -> list[tuple[StoredBill, datetime.date]]:
    """Return every bill (of a year), open or paid, with the day by which it is due.

    E302 for a year without a bill where other years have some.
    """
    with db.reading() as connection:
        found = bills.stored(connection, year=year)
        if not found and (others := {str(bill.month.year) for bill in bills.stored(connection)}):
            raise JcliError(
                "E302", what=str(year), near=" … ".join(dict.fromkeys((min(others), max(others))))
            )
        law, is_workday = office_law.in_force(connection), calendar.workdays(connection)
        return [(bill, clocks.bill_due_on(bill.month, is_workday, law)) for bill in found]
