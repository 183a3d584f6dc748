"""What became of claims between two days: paid by whom and of which kind, rejected for which reason."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import Benefactor, ClaimKind, benefactor_of
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.tables.table import Column, Kind, Table

_PAID_BY = (
    Column("payer"),
    Column("kind"),
    Column("claims", Kind.COUNT),
    Column("amount", Kind.RUPIAH),
)

_REJECTED = (
    Column("rejected_for", of=lambda group: group.why),
    Column("claims", Kind.COUNT),
    Column("reopened", Kind.COUNT),
)


class _PaidBy(NamedTuple):
    """What one payer paid of one kind of claims: to how many claims, and the rupiah."""

    payer: Benefactor | Payer | str
    kind: ClaimKind
    claims: int
    amount: int


def payments(connection: Connection, first: datetime.date, last: datetime.date) -> list[Table]:
    """Return the table of what was paid between two days, by payer and kind, where anything was.

    What BPJS paid and the area's own grants stand apart; the sum is the rupiah that were paid in all.
    """
    rows = connection.execute(
        """
        SELECT payer, kind, count(DISTINCT number), sum(v_payment.amount)
        FROM v_payment JOIN v_claim USING (number)
        WHERE voided = 0 AND v_payment.paid_on BETWEEN ? AND ?
        GROUP BY payer, kind ORDER BY payer, kind
        """,
        (first.isoformat(), last.isoformat()),
    )
    paid = [_PaidBy(benefactor_of(payer), ClaimKind(kind), *sums) for payer, kind, *sums in rows]
    return [Table.of("claims_paid_by", paid, _PAID_BY, summed=("claims", "amount"))] if paid else []


class _Rejected(NamedTuple):
    """Claims rejected for a reason of the list, and how many of them were opened again.

    `why` is None where an older file knows no reason.
    """

    why: RejectionReason | None
    claims: int
    reopened: int


def rejections(connection: Connection, first: datetime.date, last: datetime.date) -> list[Table]:
    """Return the table of what was rejected between two days, where anything was."""
    groups = _rejected(connection, first, last)
    summed = ("claims", "reopened")
    return [Table.of("claims_rejected", groups, _REJECTED, summed=summed)] if groups else []


def _rejected(connection: Connection, first: datetime.date, last: datetime.date) -> list[_Rejected]:
    """Return the claims rejected between two days (both included) by their reason, the most first."""
    rows = connection.execute(
        """
        SELECT rejected_for, count(*),
          sum(EXISTS (SELECT 1 FROM v_claim AS again WHERE again.reopens = v_claim.number))
        FROM v_claim
        WHERE state = 'rejected' AND decided_on BETWEEN ? AND ? GROUP BY 1 ORDER BY 2 DESC, 1
        """,
        (first.isoformat(), last.isoformat()),
    )
    return [_Rejected(why and RejectionReason(why), *counts) for why, *counts in rows]
