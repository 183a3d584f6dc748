"""A month's bill as the facts of this moment make it, before anybody stores or pays it."""

from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules import correction, iuran
from jamsostek_cli.rules.correction import Credit
from jamsostek_cli.rules.regulation import Regulation
from jamsostek_cli.store.iuran import bills, corrections, owing
from jamsostek_cli.store.iuran.bills import Line, StoredBill


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What one month costs one payer: `amount` in rupiah for `heads` people, `correction` what comes back.

    `supplement` is 0 for the month's own bill and counts up for those who joined after it was paid. `credits`
    are taken by this bill, `kept` are left to the next because nothing would remain to be paid. `lines` show
    the amount by basis, sector and programme; `people` is the checksum of who is on the bill; `least` is the
    lowest contribution of anybody on it.
    """

    month: Month
    payer: str
    supplement: int
    heads: int
    amount: int
    people: int
    least: int
    lines: tuple[Line, ...]
    credits: tuple[Credit, ...] = ()
    kept: tuple[Credit, ...] = ()

    @property
    def correction(self) -> int:
        """What is taken off for months that were paid and not owed: 0 or less."""
        return sum(credit.amount for credit in self.credits)

    @property
    def payable(self) -> int:
        """What is to be transferred, in rupiah."""
        return self.amount + self.correction

    @property
    def rates(self) -> Mapping[tuple[int, str, str], int]:
        """Rupiah a month by basis, sector and programme."""
        return {(line.basis, line.sector, line.programme): line.rate for line in self.lines}


def draw(
    connection: Connection, payer: str, month: Month, law: Regulation, *, corrected: bool
) -> Drawn | None:
    """Return what a month still costs a payer, None when there is nobody to pay for.

    Only a month's own bill takes credits, and only when `corrected`. Raises E311, E601 as the rates do.
    """
    supplement = sum(bill.state == "paid" for bill in bills.found(connection, month=month, payer=payer))
    groups = owing.heads(connection, payer, month, supplement=supplement > 0)
    if not groups:
        return None
    counted: dict[tuple[int, str, str], tuple[int, int]] = {}
    totals = []
    for group in groups:
        monthly = iuran.monthly(
            month=month,
            basis=group.basis,
            programmes=group.programmes.split(","),
            payer=payer,
            sector=group.sector,
            regulation=law,
        )
        totals.append(sum(monthly.values()))
        for programme, rate in monthly.items():
            key = (group.basis, group.sector, programme)
            counted[key] = (counted.get(key, (0, 0))[0] + group.heads, rate)
    amount = sum(group.heads * total for group, total in zip(groups, totals, strict=True))
    took, left = _credits(connection, payer, amount) if corrected and not supplement else ([], [])
    return Drawn(
        month=month,
        payer=payer,
        supplement=supplement,
        heads=sum(group.heads for group in groups),
        amount=amount,
        people=sum(group.people for group in groups),
        least=min(totals),
        lines=tuple(Line(*key, n, rate, n * rate) for key, (n, rate) in sorted(counted.items())),
        credits=tuple(took),
        kept=tuple(left),
    )


def _credits(connection: Connection, payer: str, amount: int) -> tuple[list[Credit], list[Credit]]:
    overpaid = corrections.overpaid(connection, payer)
    if not overpaid:
        return [], []
    due = correction.credits_for(overpaid, corrections.billed_by(connection, payer))
    return correction.taken(due, amount)


def takes_corrections(connection: Connection, payer: str, month: Month) -> bool:
    """Tell whether the bill of a month takes the credits: the earliest one that is open does."""
    first = bills.first_open(connection, payer)
    return first is None or month <= first


def open_bill(connection: Connection, payer: str, month: Month) -> StoredBill | None:
    """Return the open bill of a month, if there is one."""
    found = bills.found(connection, month=month, payer=payer)
    return next((bill for bill in found if bill.state == "open"), None)


def agrees(connection: Connection, stored: StoredBill, drawn: Drawn | None) -> bool:
    """Tell whether a stored bill is still what the facts make it: the same people, rates and credits."""
    return (
        drawn is not None
        and (stored.supplement, stored.heads, stored.amount, stored.people, stored.correction)
        == (drawn.supplement, drawn.heads, drawn.amount, drawn.people, drawn.correction)
        and bills.rates(connection, stored.id) == drawn.rates
    )


def refuse_stale(connection: Connection, stored: StoredBill, drawn: Drawn | None) -> None:
    """Raise E350 when an open bill no longer says what is owed."""
    if not agrees(connection, stored, drawn):
        raise JcliError("E350", month=stored.month, payer=stored.payer)


def put(connection: Connection, drawn: Drawn, payment: int | None = None) -> int:
    """Store a bill, open or paid by `payment`, and return its id."""
    return bills.put(
        connection,
        month=drawn.month,
        payer=drawn.payer,
        supplement=drawn.supplement,
        heads=drawn.heads,
        amount=drawn.amount,
        correction=drawn.correction,
        people=drawn.people,
        rates=drawn.rates,
        payment=payment,
    )
