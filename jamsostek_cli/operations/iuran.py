"""Contributions: the months that are paid, which is what makes people covered."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules import contribution, regulation
from jamsostek_cli.store import audit, iuran
from jamsostek_cli.store.audit import Act
from jamsostek_cli.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBill:
    """What one month costs one payer: `amount` in rupiah for `heads` people."""

    month: Month
    heads: int
    amount: int


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

    Raises E303 (date in the future), E304 (more than one payer: say which), E306 (a month is paid already),
    E307 (nobody to pay for in a month), E308 (the proof number was used before).
    """
    if paid_on > act.today:
        raise JcliError("E303", date=paid_on)
    law = regulation.packaged()
    with db.changing(dry_run=dry_run) as connection:
        iuran.refuse_known_proof(connection, proof)
        if payer is None:
            known = iuran.payers(connection, span)
            if len(known) > 1:
                raise JcliError("E304", payers=", ".join(known))
            if not known:
                raise JcliError("E307", month=span.first)
            payer = known[0]
        bills: list[MonthBill] = []
        rates: dict[Month, dict[tuple[int, str], int]] = {}
        for month in span.months():
            if iuran.is_paid(connection, payer, month):
                raise JcliError("E306", month=month, payer=payer)
            heads = amount = 0
            rates[month] = {}
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
                rates[month].update({(basis, programme): rate for programme, rate in monthly.items()})
            if not heads:
                raise JcliError("E307", month=month)
            bills.append(MonthBill(month=month, heads=heads, amount=amount))
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
                head_count=bill.heads,
                amount=bill.amount,
                payment_id=payment,
                rates=rates[bill.month],
            )
        iuran.mark_paid(connection, payer, span)
    return result


def bill_list(db: Database) -> list[tuple[str, str, str, int, int, str | None, str | None]]:
    """Return every bill: month, payer, state, heads, amount, proof, paid on."""
    with db.reading() as connection:
        return iuran.bills(connection)
