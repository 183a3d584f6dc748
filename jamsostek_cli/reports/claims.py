"""Claims: how many, worth what, in which state, and which families still wait."""

import datetime
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.domain.worker import number_of
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

    Payments count by the day they were made, families wait whenever they reported, in the state of `last`;
    other states are those of `as_of`. Nothing that was reported after `as_of` counts. A claim that was
    rejected or withdrawn is so on any day: the file keeps none of it.
    """
    last = min(last, as_of)
    by_state, waiting = _by_state(connection, first, last, as_of), _waiting(connection, last)
    paid = _paid(connection, first, last)
    return Report(
        name="claims",
        period=period,
        as_of=as_of,
        figures=(
            Figure("claims", sum(group.claims for group in by_state)),
            Figure("claims_paid", paid.claims),
            Figure("amount_paid", paid.amount, Kind.RUPIAH),
            Figure("claims_open", len(waiting)),
            Figure("amount_open", sum(claim.amount or 0 for claim in waiting), Kind.RUPIAH),
            Figure("claims_unpriced", sum(claim.amount is None for claim in waiting)),
        ),
        tables=(
            Table.of(
                "claims_by_state",
                by_state,
                (
                    Column("kind"),
                    Column("state"),
                    Column("claims", Kind.COUNT),
                    Column("amount", Kind.RUPIAH),
                ),
                summed=("claims", "amount"),
            ),
            Table.of(
                "claims_waiting",
                waiting,
                (
                    Column("number"),
                    Column("worker", of=lambda claim: number_of(claim.worker_id)),
                    Column("kind"),
                    Column("event_date", Kind.DATE),
                    Column("reported_on", Kind.DATE),
                    Column("state"),
                    Column("amount", Kind.RUPIAH),
                    Column("days_waiting", Kind.COUNT, of=lambda claim: (as_of - claim.reported_on).days),
                ),
            ),
        ),
        notes=(Note(key="claims", facts={"first": first, "last": last}),),
    )


class _Group(NamedTuple):
    """Claims of one kind in one state, and the rupiah they are worth together."""

    kind: ClaimKind
    state: ClaimState
    claims: int
    amount: int


class _Waiting(NamedTuple):
    """A claim whose family waits; `amount` is in rupiah, None before it is reckoned."""

    number: str
    worker_id: int
    kind: ClaimKind
    event_date: datetime.date
    reported_on: datetime.date
    state: ClaimState
    amount: int | None


_STATE: Final = """
    CASE WHEN state NOT IN ('verified', 'paid') OR paid_on <= :day THEN state
      WHEN verified_on <= :day THEN 'verified' ELSE 'reported' END
"""
"""The state of a claim on a day; whether it was handed in before it was verified is not kept."""


def _by_state(
    connection: Connection, first: datetime.date, last: datetime.date, as_of: datetime.date
) -> list[_Group]:
    """Return the claims reported between two days (both included), by kind and their state on a day."""
    rows = connection.execute(
        f"""
        SELECT kind, {_STATE} AS state_then, count(*), coalesce(sum(amount), 0) FROM v_claim
        WHERE reported_on BETWEEN :first AND :last
        GROUP BY kind, state_then ORDER BY kind, state_then
        """,
        {"first": first.isoformat(), "last": last.isoformat(), "day": as_of.isoformat()},
    )
    return [_Group(ClaimKind(kind), ClaimState(state), *sums) for kind, state, *sums in rows]


def _waiting(connection: Connection, last: datetime.date) -> list[_Waiting]:
    """Return the claims for which families still waited on a day, the longest first."""
    rows = connection.execute(
        f"""
        SELECT number, worker_id, kind, event_date, reported_on, {_STATE}, amount FROM v_claim
        WHERE reported_on <= :day AND {_STATE} IN ('reported', 'submitted', 'verified')
        ORDER BY reported_on, number
        """,
        {"day": last.isoformat()},
    )
    return [
        _Waiting(
            number=number,
            worker_id=worker_id,
            kind=ClaimKind(kind),
            event_date=datetime.date.fromisoformat(event_date),
            reported_on=datetime.date.fromisoformat(reported_on),
            state=ClaimState(state),
            amount=amount,
        )
        for number, worker_id, kind, event_date, reported_on, state, amount in rows
    ]


class _Paid(NamedTuple):
    """How many claims were paid, and how many rupiah."""

    claims: int
    amount: int


def _paid(connection: Connection, first: datetime.date, last: datetime.date) -> _Paid:
    """Return what was paid between two days (both included); what was voided is left out."""
    row = connection.execute(
        """
        SELECT count(DISTINCT number), coalesce(sum(amount), 0) FROM v_payment
        WHERE voided = 0 AND paid_on BETWEEN ? AND ?
        """,
        (first.isoformat(), last.isoformat()),
    ).fetchone()
    return _Paid(*row)
