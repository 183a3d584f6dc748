"""Contributions: the months that are paid, which is what makes people covered."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from sqlite3 import Connection

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import claim_pricing, office_law
from jamsostek_cli.rules import contribution
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.store import audit, iuran
from jamsostek_cli.store.audit import Act
from jamsostek_cli.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBill:
    """What one month costs one payer: `amount` in rupiah for `heads` people.

    `supplement` is 0 for the month's bill and counts up for those who joined after it was paid; `rates` are
    rupiah by (basis, programme).
    """

    month: Month
    heads: int
    amount: int
    supplement: int
    rates: Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class IuranPaid:
    """Months that were marked as paid."""

    payer: str
    proof: str
    bills: tuple[MonthBill, ...]

    @property
    def amount(self) -> int:
        """The sum over all months, in rupiah."""
        return sum(bill.amount for bill in self.bills)


def pay(
    db: Database,
    act: Act,
    span: Span,
    *,
    proof: str,
    paid_on: datetime.date,
    payer: str | None = None,
    dry_run: bool = False,
) -> IuranPaid:
    """Mark the months of `span` as paid for everybody the payer has enrolled at BPJS.

    Who joined after a month's bill was paid is paid for by a supplement with a proof of its own. Claims that
    wait to be verified are priced again, because more months may be paid now. Raises E303 (date in the
    future), E304 (more than one payer: say which), E306 (a month is paid for everybody), E307 (nobody to pay
    for in a month), E308 (the proof number was used before).
    """
    if paid_on > act.today:
        raise JcliError("E303", date=paid_on)
    with db.changing(dry_run=dry_run) as connection:
        law = office_law.in_force(connection)
        iuran.refuse_known_proof(connection, proof)
        payer = payer or _only_payer(connection, span)
        bills = [_bill(connection, payer, month, law) for month in span.months()]
        result = IuranPaid(payer=payer, proof=proof, bills=tuple(bills))
        seq = audit.record(
            connection,
            act,
            action="iuran.pay",
            subject=f"{span.first}..{span.last} {payer}",
            after={"proof": proof, "paid_on": paid_on, "amount": result.amount, "months": len(bills)},
        )
        payment = iuran.add_payment(
            connection,
            proof=proof,
            paid_on=paid_on.isoformat(),
            payer=payer,
            amount=result.amount,
            audit_seq=seq,
        )
        for bill in bills:
            iuran.add_paid_bill(
                connection,
                month=bill.month,
                payer=payer,
                supplement=bill.supplement,
                head_count=bill.heads,
                amount=bill.amount,
                payment_id=payment,
                rates=bill.rates,
            )
        _mark(connection, payer, bills, payment)
        claim_pricing.price_again(connection)
    return result


def _only_payer(connection: Connection, span: Span) -> str:
    known = iuran.payers(connection, span)
    if len(known) > 1:
        raise JcliError("E304", payers=", ".join(known))
    if not known:
        raise JcliError("E307", month=span.first)
    return known[0]


def _bill(connection: Connection, payer: str, month: Month, law: Regulation) -> MonthBill:
    """Return what a month still costs; E306 when it is paid for everybody, E307 when there is nobody."""
    supplement = iuran.supplements(connection, payer, month)
    heads = amount = 0
    rates: dict[tuple[int, str], int] = {}
    for basis, programmes, count in iuran.heads(connection, payer, month):
        monthly = contribution.monthly(
            month=month,
            basis=basis,
            programmes=programmes.split(","),
            payer=payer,
            sector="other",
            regulation=law,
        )
        heads += count
        amount += count * sum(monthly.values())
        rates.update({(basis, programme): rate for programme, rate in monthly.items()})
    if not heads:
        raise JcliError("E306" if supplement else "E307", month=month, payer=payer)
    return MonthBill(month=month, heads=heads, amount=amount, supplement=supplement, rates=rates)


def _mark(connection: Connection, payer: str, bills: Sequence[MonthBill], payment: int) -> None:
    """Mark the months as paid: whole runs at once, supplements month by month."""
    for supplementary, group in groupby(bills, key=lambda bill: bill.supplement > 0):
        months = [bill.month for bill in group]
        runs = [Span(month, month) for month in months] if supplementary else [Span(months[0], months[-1])]
        for run in runs:
            if supplementary:
                iuran.mark_supplement(connection, payer, run.first, payment)
            else:
                iuran.mark_paid(connection, payer, run)


def bill_list(db: Database) -> list[tuple[str, str, int, str, int, int, str | None, str | None]]:
    """Return every bill: month, payer, supplement, state, heads, amount, proof, paid on."""
    with db.reading() as connection:
        return iuran.bills(connection)
