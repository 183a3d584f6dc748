"""Claims: how many, worth what, in which state, and which families still wait."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.domain.owed import OwedFamily
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports import settled
from jamsostek_cli.reports.claim_standing import AS_OF, ClaimOnDay, read
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table

_GROUPED = (
    Column("kind"),
    Column("state"),
    Column("claims", Kind.COUNT),
    Column("amount", Kind.RUPIAH),
    Column("paid", Kind.RUPIAH),
    Column("owed", Kind.RUPIAH),
    Column("difference", Kind.RUPIAH),
)
_WAITED: Final = ((0, 30), (31, 60), (61, 90), (91, 180), (181, None))
"""The first and last day of each group of waiting families; the last group has no end."""
_WAITING = (
    Column("number"),
    Column("worker", of=lambda claim: number_of(claim.worker_id)),
    Column("name"),
    Column("kind"),
    Column("event_date", Kind.DATE),
    Column("reported_on", Kind.DATE),
    Column("state"),
    Column("amount", Kind.RUPIAH),
    Column("paid", Kind.RUPIAH),
    Column("owed", Kind.RUPIAH),
)


def claims(
    connection: Connection,
    *,
    period: str,
    first: datetime.date,
    last: datetime.date,
    as_of: datetime.date,
    owed: Sequence[OwedFamily],
) -> Report:
    """Return the claims reported between `first` and `last` (both included), what was paid, and who waits.

    Payments count by the day they were made, a claim as paid by the day nothing was owed on it any more;
    families wait whenever they reported, also for the rest of a claim that is paid in part. States, and days
    waited, are those of `last`, or of `as_of` where that is earlier. A claim that was rejected or withdrawn
    on a day that an older file does not know is so on any day. `owed` are the families who had no claim then.
    """
    last = min(last, as_of)
    by_state, waiting = _by_state(connection, first, last), _waiting(connection, last)
    paid, part_paid = _paid(connection, first, last), [claim for claim in waiting if claim.paid]
    return Report(
        name="claims",
        period=period,
        as_of=as_of,
        figures=(
            Figure("claims", sum(group.claims for group in by_state)),
            Figure("claims_paid", paid.claims),
            Figure("amount_paid", paid.amount, Kind.RUPIAH),
            Figure("claims_open", len(waiting)),
            Figure("amount_open", sum(claim.rest for claim in waiting), Kind.RUPIAH),
            Figure("claims_part_paid", len(part_paid)),
            Figure("amount_owed", sum(claim.owed or 0 for claim in waiting), Kind.RUPIAH),
            Figure("amount_difference", paid.difference, Kind.RUPIAH),
            Figure("claims_unpriced", sum(claim.amount is None for claim in waiting)),
            Figure("families_unclaimed", len(owed)),
            Figure("amount_unclaimed", sum(one.least or 0 for one in owed), Kind.RUPIAH),
        ),
        tables=(
            Table.of(
                "claims_by_state",
                by_state,
                _GROUPED,
                summed=("claims", "amount", "paid", "owed", "difference"),
                lead=("kind", "state", "claims", "amount", "paid"),
            ),
            *settled.payments(connection, first, last),
            _by_wait(waiting, last),
            _waiting_table(waiting, last),
            owed_table(owed, last),
            *settled.rejections(connection, first, last),
        ),
        notes=(
            Note(key="claims", facts={"first": first, "last": last}),
            *_part_paid(part_paid),
        ),
    )


def owed_table(owed: Sequence[OwedFamily], day: datetime.date) -> Table:
    """Return the families who are owed and have no claim: what is due, and the days since, until a day."""
    return Table.of(
        "families_owed",
        owed,
        (
            Column("worker", of=lambda one: number_of(one.worker_id)),
            Column("name"),
            Column("kelurahan"),
            Column("kind"),
            Column("died_on", Kind.DATE),
            Column("reported_on", Kind.DATE),
            Column("days_since_death", Kind.COUNT, of=lambda one: (day - one.died_on).days),
            Column("least", Kind.RUPIAH),
            Column("most", Kind.RUPIAH),
            Column("between", Kind.RUPIAH),
            Column(
                "question",
                of=lambda one: one.question and Coded(one.question, text(f"question.{one.question}")),
            ),
            Column("decided"),
        ),
        summed=("least", "most", "between"),
        lead=("worker", "name", "died_on", "days_since_death", "least", "most"),
    )


class _Group(NamedTuple):
    """Claims of one kind in one state: rupiah due, paid, still owed, and paid beside what was due."""

    kind: ClaimKind
    state: ClaimState
    claims: int
    amount: int
    paid: int
    owed: int
    difference: int


def _part_paid(claims: Sequence[ClaimOnDay]) -> list[Note]:
    if not claims:
        return []
    rest = figures.rupiah(sum(claim.rest for claim in claims))
    return [Note(key="part_paid", facts={"claims": figures.count(len(claims)), "rest": rest})]


def _by_state(connection: Connection, first: datetime.date, last: datetime.date) -> list[_Group]:
    """Return the claims reported between two days (both included), by kind and their state on the last."""
    reported = _claims(connection, last, "reported_on BETWEEN :first AND :day", first=first)
    groups: dict[tuple[ClaimKind, ClaimState], list[ClaimOnDay]] = {}
    for claim in sorted(reported, key=lambda claim: (claim.kind, claim.state)):
        groups.setdefault((claim.kind, claim.state), []).append(claim)
    return [
        _Group(
            kind=kind,
            state=state,
            claims=len(members),
            amount=sum(claim.amount or 0 for claim in members),
            paid=sum(claim.paid for claim in members),
            owed=sum(claim.owed or 0 for claim in members),
            difference=sum(claim.difference or 0 for claim in members),
        )
        for (kind, state), members in groups.items()
    ]


def _waiting(connection: Connection, last: datetime.date) -> list[ClaimOnDay]:
    """Return the claims for which families still waited on a day, the longest first."""
    return _claims(connection, last, "reported_on <= :day AND state IN ('reported', 'submitted', 'verified')")


def _waiting_table(waiting: Sequence[ClaimOnDay], day: datetime.date) -> Table:
    """Return the open claims with the days that their families have waited until a day."""
    days = Column("days_waiting", Kind.COUNT, of=lambda claim: (day - claim.reported_on).days)
    lead = ("number", "name", "reported_on", "days_waiting", "amount")
    return Table.of("claims_waiting", waiting, (*_WAITING, days), lead=lead)


class _Wait(NamedTuple):
    """The open claims of families who have waited about as long; `amount` is what is left of their worth."""

    waited: Coded
    claims: int
    amount: int


def _by_wait(waiting: Sequence[ClaimOnDay], day: datetime.date) -> Table:
    """Return how many families have waited how long on a day: each group is there, with nobody, too."""
    return Table.of(
        "claims_by_wait",
        [
            _Wait(waited, len(those), sum(claim.rest for claim in those))
            for waited, those in _groups(waiting, day)
        ],
        (Column("waited"), Column("claims", Kind.COUNT), Column("amount", Kind.RUPIAH)),
        summed=("claims", "amount"),
        chart=("waited", "claims"),
    )


def _groups(waiting: Sequence[ClaimOnDay], day: datetime.date) -> Iterator[tuple[Coded, list[ClaimOnDay]]]:
    for first, last in _WAITED:
        if last is None:
            group = Coded(f"{first}+", text("claims.waited_more", days=first - 1))
        else:
            group = Coded(f"{first}-{last}", text("claims.waited", first=first, last=last))
        waited = ((claim, (day - claim.reported_on).days) for claim in waiting)
        yield group, [claim for claim, days in waited if first <= days and (last is None or days <= last)]


def _claims(
    connection: Connection, day: datetime.date, which: str, **bounds: datetime.date
) -> list[ClaimOnDay]:
    """Return some claims as they stood on a day; `bounds` are the days that the condition names."""
    rows = connection.execute(
        f"SELECT {', '.join(ClaimOnDay._fields)} FROM ({AS_OF}) WHERE {which} ORDER BY reported_on, number",
        {name: bound.isoformat() for name, bound in {"day": day, **bounds}.items()},
    )
    return [read(*row) for row in rows]


class _Paid(NamedTuple):
    """How many claims were paid up, how many rupiah were paid, and paid beside what was due."""

    claims: int
    amount: int
    difference: int


def _paid(connection: Connection, first: datetime.date, last: datetime.date) -> _Paid:
    """Return what was paid between two days (both included); what was voided is left out."""
    row = connection.execute(
        f"""
        SELECT count(*), (
            SELECT coalesce(sum(amount), 0) FROM v_payment
            WHERE voided = 0 AND paid_on BETWEEN :first AND :last
          ), coalesce(sum(paid - coalesce(amount, 0)), 0)
        FROM ({AS_OF}) WHERE state = 'paid' AND paid_on BETWEEN :first AND :last
        """,
        {"first": first.isoformat(), "last": last.isoformat(), "day": last.isoformat()},
    ).fetchone()
    return _Paid(*row)
