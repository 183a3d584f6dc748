"""Claims: how many, worth what, in which state, and which families still wait."""

import datetime
from sqlite3 import Connection

from jamsostek_cli.domain.claim import OPEN_STATES
from jamsostek_cli.reports.table import Column, Figure, Kind, Note, Report, Table


def claims(
    connection: Connection,
    *,
    period: str,
    first: datetime.date,
    last: datetime.date,
    as_of: datetime.date,
) -> Report:
    """Return the claims reported between `first` and `last` (both included), as they stand now."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    by_state = connection.execute(
        """
        SELECT kind, state, count(*), coalesce(sum(amount), 0) FROM v_claim
        WHERE reported_on BETWEEN :first AND :last
        GROUP BY kind, state ORDER BY kind, state
        """,
        days,
    ).fetchall()
    waiting = connection.execute(
        """
        SELECT number, printf('P-%06d', worker_id), kind, event_date, reported_on, state, amount,
          CAST(julianday(:as_of) - julianday(reported_on) AS INTEGER)
        FROM v_claim
        WHERE reported_on BETWEEN :first AND :last AND state IN ('reported', 'submitted', 'verified')
        ORDER BY reported_on, number
        """,
        {**days, "as_of": as_of.isoformat()},
    ).fetchall()
    paid = [row for row in by_state if row[1] == "paid"]
    open_ = [row for row in by_state if row[1] in OPEN_STATES]
    return Report(
        name="claims",
        period=period,
        as_of=as_of,
        figures=(
            Figure("claims", sum(row[2] for row in by_state)),
            Figure("claims_paid", sum(row[2] for row in paid)),
            Figure("amount_paid", net_paid(connection, first, last), Kind.RUPIAH),
            Figure("claims_open", sum(row[2] for row in open_)),
            Figure("amount_open", sum(row[3] for row in open_), Kind.RUPIAH),
        ),
        tables=(
            Table(
                key="claims_by_state",
                columns=(
                    Column("kind"),
                    Column("state"),
                    Column("claims", Kind.COUNT),
                    Column("amount", Kind.RUPIAH),
                ),
                rows=by_state,
                total=(None, None, sum(row[2] for row in by_state), sum(row[3] for row in by_state)),
            ),
            Table(
                key="claims_waiting",
                columns=(
                    Column("number"),
                    Column("worker"),
                    Column("kind"),
                    Column("event_date", Kind.DATE),
                    Column("reported_on", Kind.DATE),
                    Column("state"),
                    Column("amount", Kind.RUPIAH),
                    Column("days_waiting", Kind.COUNT),
                ),
                rows=waiting,
            ),
        ),
        notes=(Note(key="claims", facts={"first": first, "last": last}),),
    )


def net_paid(connection: Connection, first: datetime.date, last: datetime.date) -> int:
    """Return the rupiah paid for claims reported in a period, voided payments taken back."""
    (amount,) = connection.execute(
        """
        SELECT coalesce(sum(v_payment.amount), 0)
        FROM v_payment JOIN v_claim USING (number)
        WHERE v_claim.reported_on BETWEEN ? AND ?
        """,
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return int(amount)
