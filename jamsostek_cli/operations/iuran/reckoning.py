"""A month's bill as the facts of this moment make it: fetched, reckoned by the rules, stored."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.iuran import bill as bill_rules
from jamsostek_cli.rules.iuran.bill import ReckonedBill
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.iuran import bills
from jamsostek_cli.store.iuran import month as month_store
from jamsostek_cli.store.iuran.bills import StoredBill


def reckoned(
    connection: Connection, payer: Payer, month: Month, law: Regulation, *, credited: bool
) -> ReckonedBill | None:
    """Return what a month still costs a payer, None when there is nobody to pay for.

    Only a month's own bill takes credits, and only when `credited`. Raises E311, E601 as the rates do.
    """
    return bill_rules.reckon(month_store.facts(connection, payer, month, law, credited=credited), law)


def takes_credits(connection: Connection, payer: Payer, month: Month) -> bool:
    """Tell whether the bill of a month takes the credits: the earliest one that is open does."""
    first = bills.first_open(connection, payer)
    return first is None or month <= first


def open_bill(connection: Connection, payer: Payer, month: Month) -> StoredBill | None:
    """Return the open bill of a month, if there is one."""
    stored = bills.stored(connection, month=month, payer=payer)
    return next((bill for bill in stored if bill.state is BillState.OPEN), None)


def agrees(connection: Connection, stored: StoredBill, bill: ReckonedBill | None) -> bool:
    """Tell whether a stored bill is still what the facts make it: the same people, rates and credits."""
    return (
        bill is not None
        and (stored.supplement, stored.heads, stored.amount, stored.people, stored.correction)
        == (bill.supplement, bill.heads, bill.amount, bill.people, bill.correction)
        and bills.rates(connection, stored.id) == bill.rates
    )


def refuse_stale(connection: Connection, stored: StoredBill, bill: ReckonedBill | None) -> None:
    """Raise E350 when an open bill no longer says what is owed."""
    if not agrees(connection, stored, bill):
        raise JcliError("E350", month=stored.month, payer=stored.payer)


def put(connection: Connection, bill: ReckonedBill, payment: int | None = None) -> int:
    """Store a bill, open or paid by `payment`, and return its id."""
    return bills.put(
        connection,
        month=bill.month,
        payer=bill.payer,
        supplement=bill.supplement,
        heads=bill.heads,
        amount=bill.amount,
        correction=bill.correction,
        people=bill.people,
        rates=bill.rates,
        payment=payment,
    )
