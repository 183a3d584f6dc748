"""Claims: how many, worth what, in which state, and which families still wait."""

import datetime

from jamsostek_cli.connection import Connection
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


def claims(
    connection: Connection,
    *,
    period: str,
    first: datetime.date,
    last: datetime.date,
    as_of: datetime.date,
) -> Report:
    """Return the claims reported between `first` and `last` (both included), what was paid, and who waits.

    Payments count by the day they were made, families wait whenever they reported; states are those known
    today. Nothing that was reported after `as_of` counts.
    """
    last = min(last, as_of)
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
        WHERE reported_on <= :last AND (state IN ('reported', 'submitted', 'verified') OR paid_on > :last)
        ORDER BY reported_on, number
        """,
        {**days, "as_of": as_of.isoformat()},
    ).fetchall()
    paid, amount = paid_between(connection, first, last)
    return Report(
        name="claims",
        period=period,
        as_of=as_of,
        figures=(
            Figure("claims", sum(row[2] for row in by_state)),
            Figure("claims_paid", paid),
            Figure("amount_paid", amount, Kind.RUPIAH),
            Figure("claims_open", len(waiting)),
            Figure("amount_open", sum(row[6] or 0 for row in waiting), Kind.RUPIAH),
            Figure("claims_unpriced", sum(row[6] is None for row in waiting)),
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


def paid_between(connection: Connection, first: datetime.date, last: datetime.date) -> tuple[int, int]:
    """Return the claims paid between two days (both included) and the rupiah; what was voided is left out."""
    claims_paid, amount = connection.execute(
        """
        SELECT count(DISTINCT number), coalesce(sum(amount), 0) FROM v_payment
        WHERE voided = 0 AND paid_on BETWEEN ? AND ?
        """,
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return int(claims_paid), int(amount)
