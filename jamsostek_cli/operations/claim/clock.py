"""The clocks of a claim: of BPJS to pay, of everybody to report an accident, of the right to lapse."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import OPEN_STATES, ClaimState
from jamsostek_cli.operations.office import calendar, law
from jamsostek_cli.rules import clocks
from jamsostek_cli.rules.claim import accident
from jamsostek_cli.rules.clocks import PayClock
from jamsostek_cli.store.claim import claim_course, claim_payments
from jamsostek_cli.store.claim.claims import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimClock:
    """The days that count for a claim.

    `pay` is the clock of BPJS, None until its file was handed in or where the law sets none; without a
    calendar of the year's joint leave it may run too fast. Of a claim for a work accident `notice_due_on` is
    the last day of the first notice, and `lapses_on` the first day on which the right is gone; None for
    others, as nothing lapses there. `next_on` is the day of the next look.
    """

    pay: PayClock | None
    is_calendar_known: bool
    notice_due_on: datetime.date | None
    lapses_on: datetime.date | None
    next_on: datetime.date | None
    reopenings: int


def of(connection: Connection, claim: Claim) -> ClaimClock:
    """Return the clocks of a claim."""
    regulation, at_work = law.in_force(connection), claim.kind in accident.KINDS
    pay = pay_clock(connection, claim)
    return ClaimClock(
        pay=pay,
        is_calendar_known=pay is None or calendar.is_known(pay.due_on.year),
        notice_due_on=clocks.report_due_on(claim.event_date, regulation) if at_work else None,
        lapses_on=accident.lapses_on(claim.event_date, regulation) if at_work else None,
        next_on=claim_course.next_on(connection, claim),
        reopenings=claim_course.reopenings(connection, claim),
    )


def pay_clock(
    connection: Connection, claim: Claim, is_workday: Callable[[datetime.date], bool] | None = None
) -> PayClock | None:
    """Return the clock of BPJS on a claim, None where none runs.

    `is_workday` saves asking for the calendar where many are asked for.
    """
    if claim.submitted_on is None or claim.state in {ClaimState.REJECTED, ClaimState.WITHDRAWN}:
        return None
    regulation, since = law.in_force(connection), claim.submitted_on
    is_workday = is_workday or calendar.workdays(connection)
    due_on = clocks.due_on(claim.kind, since, is_workday, regulation)
    if due_on is None:
        return None
    return PayClock(
        due_on=due_on,
        per_day=regulation.number("claim.late_penalty_per_day", since),
        paid=tuple(_paid(connection, claim)),
        rest=_rest(claim),
    )


def _rest(claim: Claim) -> int | None:
    """Return what is still to be paid of a claim in rupiah: 0 of one that is settled, None where unknown."""
    if claim.state not in OPEN_STATES:
        return 0
    return None if claim.amount is None else max(claim.amount - claim.paid, 0)


def _paid(connection: Connection, claim: Claim) -> Iterator[tuple[int, datetime.date]]:
    """Yield what was paid of the benefit, day by day; a penalty that BPJS paid with it is none of it."""
    left = claim.amount or 0
    for payment in claim_payments.of_claim(connection, claim.number):
        if not payment.voided:
            share = min(payment.amount, left)
            left -= share
            yield share, payment.paid_on
