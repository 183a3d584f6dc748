"""Open claims by how long they wait, by the paper that holds them up, and by kelurahan."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.office import calendar
from jamsostek_cli.operations.office import kelurahan as kelurahan_known
from jamsostek_cli.reports import ageing as report
from jamsostek_cli.reports.ageing import WaitingClaim
from jamsostek_cli.store.file.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedClaim:
    """An open claim: `days` in its state, `workdays` of them working days, and the papers that are missing.

    `due_on` is the last day for BPJS to pay, `penalty` what it owes so far for being late, in rupiah. One
    that `needs_next` has no next date, or one that has passed.
    """

    claim: WaitingClaim
    days: int
    workdays: int
    days_waiting: int
    missing: tuple[str, ...]
    due_on: datetime.date | None
    penalty: int | None
    needs_next: bool


@dataclass(frozen=True, slots=True)
class AgedGroup:
    """Open claims that have something in common: how many families, and the rupiah that they wait for."""

    key: str
    claims: int
    families: int
    amount: int
    longest: int
    without_next: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """The open claims, the longest in their state first, and what they have in common, the most first."""

    claims: tuple[AgedClaim, ...]
    by_state: tuple[AgedGroup, ...]
    by_paper: tuple[AgedGroup, ...]
    by_kelurahan: tuple[AgedGroup, ...]


def ageing(db: Database, today: datetime.date, *, kelurahan: str | None = None) -> Ageing:
    """Return the open claims (of one kelurahan) as of a day; E510 for a kelurahan that the city has not."""
    with db.reading() as connection:
        area = kelurahan_known.code_of(connection, kelurahan)
        found = report.open_claims(connection, area)
        workdays = _counter(connection, [claim.since for claim in found], today)
        aged = tuple(_aged(connection, claim, workdays, today) for claim in found)
    return Ageing(
        claims=aged,
        by_state=_grouped(aged, lambda one: [one.claim.state.value]),
        by_paper=_grouped(aged, lambda one: one.missing),
        by_kelurahan=_grouped(aged, lambda one: [one.claim.kelurahan or ""]),
    )


def _counter(
    connection: Connection, since: Sequence[datetime.date], today: datetime.date
) -> Callable[[datetime.date], int]:
    """Return what counts the working days after a day, up to today; each day is looked up once."""
    is_workday = calendar.workdays(connection)
    first, after = min(since, default=today), {today: 0}
    for back in range((today - first).days):
        day = today - datetime.timedelta(days=back)
        after[day - datetime.timedelta(days=1)] = after[day] + is_workday(day)
    return lambda day: after.get(day, 0)


def _aged(
    connection: Connection,
    claim: WaitingClaim,
    workdays: Callable[[datetime.date], int],
    today: datetime.date,
) -> AgedClaim:
    detail = claim_detail.of(connection, claim.number)
    pay = detail.clock.pay
    return AgedClaim(
        claim=claim,
        days=max((today - claim.since).days, 0),
        workdays=workdays(claim.since),
        days_waiting=(today - claim.reported_on).days,
        missing=detail.missing,
        due_on=None if pay is None else pay.due_on,
        penalty=None if pay is None else pay.penalty(today),
        needs_next=claim.next_on is None or claim.next_on < today,
    )


def _grouped(
    claims: Iterable[AgedClaim], keys: Callable[[AgedClaim], Iterable[str]]
) -> tuple[AgedGroup, ...]:
    """Return what claims have in common, the most families and then the most rupiah first."""
    members: dict[str, list[AgedClaim]] = {}
    for one in claims:
        for key in keys(one):
            members.setdefault(key, []).append(one)
    groups = [
        AgedGroup(
            key=key,
            claims=len(those),
            families=len({one.claim.family for one in those}),
            amount=sum(one.claim.rest or 0 for one in those),
            longest=max(one.days for one in those),
            without_next=sum(one.needs_next for one in those),
        )
        for key, those in members.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.families, -group.amount, group.key)))
