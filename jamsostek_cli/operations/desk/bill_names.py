"""Who is on the bills of a month by name, for the treasury."""

import datetime

from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.operations.iuran import people
from jamsostek_cli.operations.iuran.people import Charged
from jamsostek_cli.operations.reporting import closing
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import journal
from jamsostek_cli.store.iuran import bills


def of(db: Database, month: Month, *, today: datetime.date, known: KnownOn | None = None) -> list[Charged]:
    """Return everybody on the bills of a month, as it was closed, or as it is known.

    E508 for one that is still to come, E630 where it has none, E627 where they do not agree.
    """
    with closing.opened(db, month, today, known, tables=journal.KEYS) as state:
        connection = state.connection
        stored = bills.stored(connection, month=month)
        payers = sorted({bill.payer for bill in stored})
        if not payers:
            raise JcliError("E630", month=month)
        charged = people.charged(connection, month, payers)
    left, right = sum(one.amount for one in charged), sum(bill.amount for bill in stored)
    if left != right:
        facts = {"left": figures.rupiah(left), "right": figures.rupiah(right)}
        raise JcliError("E627", payer=", ".join(payers), month=month, **facts)
    return charged
