"""The day's work list: everything in the office that waits for somebody, the most urgent first."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, runs
from jamsostek_cli.domain.work import Someone, Task, WorkItem
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.course import late
from jamsostek_cli.operations.office import backup
from jamsostek_cli.operations.reporting import closing
from jamsostek_cli.reports.status import families, waiting
from jamsostek_cli.reports.status.counts import Status
from jamsostek_cli.reports.status.families import OpenClaim
from jamsostek_cli.rules import urgency
from jamsostek_cli.store.bpjs import refusals
from jamsostek_cli.store.iuran import unpaid

if TYPE_CHECKING:
    from jamsostek_cli.rules.law.regulation import Regulation

_Told = TypeVar("_Told")
_NAMED = 3
"""So many people of a piece of work are named."""
_DECEMBER = 12


def of(connection: Connection, now: Status, today: datetime.date) -> list[WorkItem]:
    """Return all that waits on a day; `now` holds what is counted already."""
    items = [
        *_register(connection, now),
        *_bpjs(connection),
        *_bills(connection, today),
        *_budgets(connection, today),
        *_endings(connection, today),
        *_claims(connection, today),
        *_unclaimed(connection, today),
        *_paid_wrongly(connection, now),
        *closing.work(connection, today),
        *backup.work(connection, today),
    ]
    return urgency.in_order(items, today)


def _law(connection: Connection) -> "Regulation":
    """Return the regulation in force; it loads only where something waits that needs it."""
    from jamsostek_cli.operations.office import law

    return law.in_force(connection)


def _register(connection: Connection, now: Status) -> Iterator[WorkItem]:
    """Yield what waits of the rosters: nobody in the register, imports, decisions, rows to put right."""
    if not now.counts["active_workers"]:
        yield WorkItem(task=Task.IMPORT, count=0)
    if batches := waiting.unenrolled(connection):
        numbers = [batch.number for batch in batches]
        yield WorkItem(
            task=Task.ENROL,
            count=sum(batch.people for batch in batches),
            since=batches[0].imported_on,
            about=" ".join(numbers),
            facts={"batch": numbers[0], "payer": Payer.CITY},
        )
    doubtful, pairs = waiting.doubtful(connection), waiting.pairs(connection)
    for rows in doubtful:
        if rows.to_fix:
            yield WorkItem(
                task=Task.FIX,
                count=rows.to_fix,
                since=rows.imported_on,
                about=rows.number,
                facts={"batch": rows.number},
            )
    count = pairs.pairs + sum(rows.to_decide for rows in doubtful)
    days = [rows.imported_on for rows in doubtful if rows.to_decide] + [day for day in [pairs.since] if day]
    if count:
        yield WorkItem(task=Task.REVIEW, count=count, since=min(days))


def _bpjs(connection: Connection) -> Iterator[WorkItem]:
    """Yield who is to be handed to BPJS, who waits for its answer, and whom it refused."""
    proposed = waiting.to_submit(connection)
    if proposed:
        yield WorkItem(task=Task.SUBMIT, count=proposed)
    for submission in waiting.unanswered(connection):
        yield WorkItem(
            task=Task.ANSWER,
            count=submission.heads,
            since=submission.made_on,
            about=submission.number,
            facts={"submission": submission.number},
        )
    standing = refusals.standing(connection)
    if not standing:
        return
    again = waiting.applied_again(connection)
    refused: dict[str, list[Someone]] = defaultdict(list)
    for worker, name in waiting.names(connection, standing.keys() - again):
        refused[standing[worker].submission].append(Someone(number=number_of(worker), name=name))
    answered = {refusal.submission: refusal.answered_on for refusal in standing.values()}
    for number, people in sorted(refused.items()):
        yield WorkItem(
            task=Task.REFUSED,
            count=len(people),
            since=answered[number],
            about=number,
            people=tuple(people[:_NAMED]),
            facts={"submission": number},
        )


def _bills(connection: Connection, today: datetime.date) -> Iterator[WorkItem]:
    """Yield the months that are to be paid: those overdue in runs, the others one by one."""
    owed = unpaid.open_months(connection, Month.of(today).plus(1))
    if not owed:
        return
    from jamsostek_cli.operations.office import calendar
    from jamsostek_cli.rules import clocks
    from jamsostek_cli.store.iuran import bills

    law = _law(connection)
    is_workday = calendar.workdays(connection)
    for payer, heads in owed.items():
        due = {month: _known(partial(clocks.bill_due_on, month, is_workday, law)) for month in heads}
        billed = {bill.month for bill in bills.stored(connection, payer=payer)}
        overdue = [month for month, day in due.items() if day is None or day < today]
        for run in runs(overdue):
            months = str(run.first) if run.first == run.last else f"{run.first}..{run.last}"
            most = max(heads[month] for month in run.months())
            yield _bill(payer, months, most, due[run.first], drawn=len(run) > 1 or run.first in billed)
        for month in sorted(set(due) - set(overdue)):
            day = due[month]
            if month <= Month.of(today) or (day is not None and (day - today).days <= urgency.SOON):
                yield _bill(payer, str(month), heads[month], day, drawn=month in billed)


def _bill(payer: Payer, months: str, heads: int, due: datetime.date | None, *, drawn: bool) -> WorkItem:
    """Return months to be paid; without a bill that is `drawn` the bill comes first."""
    return WorkItem(
        task=Task.BILL,
        count=heads,
        due=due,
        about=f"{months} {payer}",
        facts={"months": months, "payer": payer, "drawn": drawn},
    )


def _known(asked: Callable[[], _Told]) -> _Told | None:
    """Return what the law says, a day or rupiah, or None where none of its values is in force."""
    try:
        return asked()
    except JcliError:
        return None


def _budgets(connection: Connection, today: datetime.date) -> Iterator[WorkItem]:
    """Yield the payers whose budget does not last the year, due in the first month it falls short."""
    if not waiting.has_budget(connection, today.year):
        return
    from jamsostek_cli.reports.forecast import report as forecast

    law = _law(connection)
    for year in forecast.of_budgets(connection, law, today):
        if year.money_ends is not None:
            yield WorkItem(
                task=Task.BUDGET,
                count=year.heads,
                due=year.money_ends.first_day,
                about=f"{year.money_ends} {year.payer}",
                facts={"year": today.year},
            )


def _endings(connection: Connection, today: datetime.date) -> Iterator[WorkItem]:
    """Yield whose cover ends soon, or with the year, and is not enrolled for what comes after."""
    now = Month.of(today)
    farthest = Month.of(today + datetime.timedelta(days=urgency.RENEWAL))
    for end in waiting.end_months(connection, now, farthest):
        with_the_year = end.month == _DECEMBER
        if (end.last_day - today).days > (urgency.RENEWAL if with_the_year else urgency.ENDING):
            continue
        count = waiting.ending(connection, end)
        if count:
            yield WorkItem(
                task=Task.RENEW if with_the_year else Task.COVER_ENDS,
                count=count,
                due=end.last_day,
                about=str(end),
                facts={"year": end.plus(1).year, "within": max(1, end.since(now)), "payer": Payer.CITY},
            )


def _claims(connection: Connection, today: datetime.date) -> Iterator[WorkItem]:
    """Yield the claims for which families wait, by what holds them up, and those that wait for long."""
    held: dict[Task, list[OpenClaim]] = defaultdict(list)
    waiting_claims = families.open_claims(connection)
    yield from late.work(connection, waiting_claims, today)
    for claim in waiting_claims:
        held[_held_up(connection, claim)].append(claim)
        if (today - claim.reported_on).days > urgency.LONG_WAIT:
            held[Task.CLAIM_LONG].append(claim)
    for task, those in held.items():
        yield WorkItem(
            task=task,
            count=len(those),
            due=_pay_by(connection, those) if task is Task.CLAIM_PAY else None,
            since=those[0].reported_on,
            people=tuple(Someone(number=claim.number, name=claim.name) for claim in those[:_NAMED]),
            facts={"claim": those[0].number},
        )


def _held_up(connection: Connection, claim: OpenClaim) -> Task:
    """Return what a claim waits for; only one whose papers seem complete is priced, to be sure."""
    if claim.state is ClaimState.VERIFIED:
        return Task.CLAIM_REST if claim.paid else Task.CLAIM_PAY
    from jamsostek_cli.rules.claim import documents

    least = documents.least(claim.kind, claim.event_date, _law(connection))
    if not all(claim.documents & any_of for any_of in least):
        return Task.CLAIM_PAPERS
    from jamsostek_cli.operations.claim import detail

    whole = detail.of(connection, claim.number)
    if whole.missing:
        return Task.CLAIM_PAPERS
    asked = whole.assessment is None or whole.assessment.confirmation is not None
    decides = asked or any(ground.needs_decision for ground in whole.decides)
    return Task.CLAIM_DECIDE if decides else Task.CLAIM_VERIFY


def _pay_by(connection: Connection, claims: Iterable[OpenClaim]) -> datetime.date | None:
    """Return the first of the last days for BPJS to pay some verified claims.

    The clock runs from the day the file was complete at BPJS; where nobody said which, from the last paper,
    and of a claim verified without papers from then on.
    """
    from jamsostek_cli.operations.office import calendar
    from jamsostek_cli.rules import clocks

    law, is_workday = _law(connection), calendar.workdays(connection)
    days = [
        _known(partial(clocks.due_on, claim.kind, claim.complete_on, is_workday, law)) for claim in claims
    ]
    return min((day for day in days if day is not None), default=None)


def _unclaimed(connection: Connection, today: datetime.date) -> Iterator[WorkItem]:
    """Yield the families who are owed and have no claim: each with its command, of many all in one line."""
    dead = families.unclaimed(connection, today)
    if not dead:
        return
    from jamsostek_cli.operations.claim.worth import owed

    found = owed.priced(connection, dead)
    for those in [found] if len(found) > _NAMED else ([one] for one in found):
        first = those[0]
        number = number_of(first.worker_id)
        yield WorkItem(
            task=Task.CLAIM_MISSING,
            count=len(those),
            since=first.reported_on,
            amount=sum(one.least or 0 for one in those),
            people=tuple(Someone(number=number_of(one.worker_id), name=one.name) for one in those[:_NAMED]),
            facts={
                "worker": number,
                "kind": first.kind,
                "date": first.died_on.isoformat(),
                **({"claim": first.decided} if first.decided else {}),
            },
        )


def _paid_wrongly(connection: Connection, now: Status) -> Iterator[WorkItem]:
    """Yield who is paid for and not owed, or for months before BPJS had them, and the rupiah of it."""
    wrong = (
        (Task.NOT_OWED, "paid_not_owed", waiting.paid_not_owed),
        (Task.BEFORE_REGISTRATION, "paid_before_registration", waiting.paid_before_registration),
    )
    for task, counted, few in wrong:
        if now.counts[counted]:
            from jamsostek_cli.operations.iuran import wrongly_paid

            yield WorkItem(
                task=task,
                count=now.counts[counted],
                people=tuple(Someone(number=number_of(w), name=name) for w, name in few(connection, _NAMED)),
                amount=_known(partial(wrongly_paid.rupiah, connection, task)),
            )
