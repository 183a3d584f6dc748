"""Work that the clocks of open claims make: late payments and notices, rights that lapse, looks to take."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.work import Someone, Task, WorkItem
from jamsostek_cli.reports.status import families
from jamsostek_cli.reports.status.families import OpenClaim
from jamsostek_cli.rules import urgency

_NAMED: Final = 3
"""So many claims of a piece of work are named."""
_AT_WORK: Final = frozenset({ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY, ClaimKind.JKK_TREATMENT})
_DAY: Final = datetime.timedelta(days=1)


def work(connection: Connection, claims: Sequence[OpenClaim], today: datetime.date) -> Iterator[WorkItem]:
    """Yield what is late, or soon too late, of open claims; the rules load only where a clock runs."""
    yield from _overdue(connection, [claim for claim in claims if claim.submitted_on], today)
    kept = [claim for claim in claims if claim.kind in _AT_WORK and claim.submitted_on is None]
    yield from _accidents(connection, kept, today)
    dated = {claim: claim.next_on for claim in claims if claim.next_on and claim.next_on <= today}
    yield from _due(Task.CLAIM_FOLLOW_UP, dated)
    planless = [claim for claim in claims if claim.next_on is None]
    if planless:
        yield WorkItem(task=Task.CLAIM_NEXT, count=len(planless), since=planless[0].reported_on)
    drawn = families.to_look_at(connection)
    if drawn:
        yield WorkItem(
            task=Task.SECOND_LOOK,
            count=len(drawn),
            since=min(day for _, _, day in drawn),
            people=tuple(Someone(number=number, name=name) for number, name, _ in drawn[:_NAMED]),
            facts={"claim": drawn[0][0]},
        )


def _overdue(
    connection: Connection, handed_in: Sequence[OpenClaim], today: datetime.date
) -> Iterator[WorkItem]:
    """Yield the claims that BPJS should have paid, with what it owes for that so far."""
    if not handed_in:
        return
    from jamsostek_cli.operations.claim import clock
    from jamsostek_cli.operations.office import calendar
    from jamsostek_cli.store.claim import claims

    is_workday, late, penalty = calendar.workdays(connection), dict[OpenClaim, datetime.date](), 0
    for claim in handed_in:
        pay = clock.pay_clock(connection, claims.find(connection, claim.number), is_workday)
        if pay is not None and pay.is_overdue(today):
            late[claim] = pay.due_on
            penalty += pay.penalty(today) or 0
    yield from _due(Task.CLAIM_OVERDUE, late, penalty)


def _accidents(connection: Connection, kept: Sequence[OpenClaim], today: datetime.date) -> Iterator[WorkItem]:
    """Yield the work accidents that were told too late, and those whose right lapses before long."""
    if not kept:
        return
    from jamsostek_cli.operations.office import law
    from jamsostek_cli.rules import clocks
    from jamsostek_cli.rules.claim import accident

    regulation, told_late, soon = law.in_force(connection), dict[OpenClaim, datetime.date](), {}
    for claim in kept:
        notice = clocks.report_due_on(claim.event_date, regulation)
        if claim.reported_on > notice:
            told_late[claim] = notice
        gone = accident.lapses_on(claim.event_date, regulation)
        if (gone - today).days <= urgency.LAPSING:
            soon[claim] = gone - _DAY
    yield from _due(Task.NOTICE_LATE, told_late)
    yield from _due(Task.CLAIM_LAPSES, soon)


def _due(task: Task, days: dict[OpenClaim, datetime.date], penalty: int | None = None) -> Iterator[WorkItem]:
    """Yield one piece of work for claims with a day each, the earliest first."""
    if not days:
        return
    first = sorted(days, key=lambda claim: (days[claim], claim.number))
    yield WorkItem(
        task=task,
        count=len(first),
        due=days[first[0]],
        since=min(claim.reported_on for claim in first),
        people=tuple(Someone(number=claim.number, name=claim.name) for claim in first[:_NAMED]),
        penalty=penalty,
        facts={"claim": first[0].number},
    )
