"""Everything that a payer's bill of a month rests on, in one look."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules.iuran.bill import MonthFacts
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.iuran import bills, corrections, owing


def facts(
    connection: Connection, payer: Payer, month: Month, law: Regulation, *, credited: bool
) -> MonthFacts:
    """Return the facts of a month's bill; what is due back only where this bill may take it (`credited`)."""
    stored = bills.stored(connection, month=month, payer=payer)
    paid_bills = sum(bill.state is BillState.PAID for bill in stored)
    return MonthFacts(
        month=month,
        payer=payer,
        groups=tuple(owing.heads(connection, payer, month, supplement=paid_bills > 0)),
        paid_bills=paid_bills,
        credits=tuple(corrections.due(connection, payer, law)) if credited else (),
    )
