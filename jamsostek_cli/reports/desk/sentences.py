"""What the month says in sentences: what changed and why, what is to be decided, where the money is."""

import datetime
from typing import Final

from jamsostek_cli.domain.work import Task, WorkItem
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.desk.month import DeskMonth
from jamsostek_cli.reports.forecast.year import PayerYear
from jamsostek_cli.tables.wording import in_words, known, word

LONG: Final = 30
"""No family should wait for more days than these."""
_FOR_THE_HEAD: Final = frozenset(
    {
        Task.CLAIM_MISSING, Task.BILL, Task.BUDGET, Task.CLAIM_OVERDUE, Task.CLAIM_LAPSES, Task.CLAIM_PAY,
        Task.CLAIM_REST, Task.CLAIM_DECIDE, Task.CLAIM_VERIFY, Task.REFUSED, Task.SUBMIT, Task.ENROL,
        Task.REVIEW, Task.NOT_OWED, Task.BEFORE_REGISTRATION, Task.RENEW, Task.COVER_ENDS,
    }
)  # fmt: skip
"""Work that somebody has to decide, sign or pay; the rest is the clerks' own."""
_PAID_WRONGLY: Final = frozenset({Task.NOT_OWED, Task.BEFORE_REGISTRATION})
_SHOWN: Final = 4
_BUDGETS: Final = 3


def changes(desk: DeskMonth) -> tuple[str, ...]:
    """Return what changed against the month before, and why, in a sentence each."""
    return _protected(desk), _iuran(desk), _claims(desk)


def restated(desk: DeskMonth) -> list[str]:
    """Return that months which are closed are known otherwise now, where this report has to tell it."""
    many = sum(len(table.rows) for table in desk.report.tables if table.key == "restatements")
    return [text("desk.restated", things=figures.count(many))] if many else []


def _protected(desk: DeskMonth) -> str:
    now, then = desk.count("closing"), desk.count("opening")
    facts = {
        "now": figures.count(now),
        "change": figures.count(abs(now - then)),
        "before": figures.day(desk.opened_on.isoformat()),
        **{key: figures.count(desk.count(key)) for key in ("joined", "died", "lapsed")},
    }
    if now == then:
        return text("desk.protected_same", **facts)
    return text("desk.protected_more" if now > then else "desk.protected_fewer", **facts)


def _iuran(desk: DeskMonth) -> str:
    now, then = desk.money, desk.money_before
    if not now.amount:
        return text("desk.iuran_none", month=desk.month)
    facts = {
        "month": desk.month,
        "amount": figures.rupiah(now.paid),
        "heads": figures.count(now.heads),
        "change": figures.count(abs(now.heads - then.heads)),
        "before": then.month,
    }
    if not then.amount:
        said = text("desk.iuran_first", **facts)
    elif now.heads == then.heads:
        said = text("desk.iuran_same", **facts)
    else:
        said = text("desk.iuran_more" if now.heads > then.heads else "desk.iuran_fewer", **facts)
    return f"{said} {text('desk.iuran_open', amount=figures.rupiah(now.open))}" if now.open else said


def _claims(desk: DeskMonth) -> str:
    said = text(
        "desk.claims",
        reported=figures.count(desk.count("claims")),
        paid=figures.count(desk.count("claims_paid")),
        waiting=figures.count(desk.count("claims_open")),
        amount=figures.rupiah(desk.count("amount_open")),
    )
    unclaimed = desk.count("families_unclaimed")
    if not unclaimed:
        return said
    return f"{said} {text('desk.unclaimed', families=figures.count(unclaimed))}"


def to_decide(desk: DeskMonth) -> list[WorkItem]:
    """Return the work that somebody has to decide, sign or pay, the most urgent first."""
    return [item for item in desk.work if item.task in _FOR_THE_HEAD]


def decisions(desk: DeskMonth, most: int = _SHOWN) -> list[str]:
    """Return the most urgent of them in a sentence each, and how many more there are."""
    items = to_decide(desk)
    said = [_decision(item, desk.as_of) for item in items[:most]]
    more = len(items) - most
    return [*said, text("desk.more_decisions", more=figures.count(more))] if more > 0 else said


def _decision(item: WorkItem, day: datetime.date) -> str:
    about = figures.rupiah(item.amount) if item.amount else in_words(item.about)
    task = known(f"desk.task_{item.task}") or word(item.task)
    facts = {"task": task, "count": _counted(item), "when": _when(item, day)}
    if not about or item.task is Task.ENROL:
        return text("desk.decision", **facts)
    return text("desk.decision_about", about=about, **facts)


def _counted(item: WorkItem) -> str:
    """Return how many there are, and of what where the sentence does not say it."""
    count = figures.count(item.count)
    return text("desk.people", people=count) if item.task in _PAID_WRONGLY else str(count)


def _when(item: WorkItem, day: datetime.date) -> str:
    """Return until when work is to be done, or for how long it waits; nothing where neither is known."""
    if item.due is not None:
        key = "when.overdue" if item.due < day else "when.due"
        late = figures.count((day - item.due).days)
        return ", " + text(key, day=figures.day(item.due.isoformat()), days=late)
    if item.since is None or item.since >= day:
        return ""
    return ", " + text("when.waiting", days=figures.count((day - item.since).days))


def money(desk: DeskMonth) -> list[str]:
    """Return of the largest budgets of the year what is spent, what is left, and how long each lasts."""
    if not desk.budgets:
        return [text("desk.no_budget", year=str(desk.month.year))]
    budgets = sorted(desk.budgets, key=_of_year, reverse=True)
    said, more = [_budget(one, desk) for one in budgets[:_BUDGETS]], len(budgets) - _BUDGETS
    return [*said, text("desk.more_budgets", more=figures.count(more))] if more > 0 else said


def _of_year(one: PayerYear) -> int:
    return one.budget.amount if one.budget else 0


def _budget(one: PayerYear, desk: DeskMonth) -> str:
    budget = _of_year(one)
    balance = budget - one.spent - one.committed
    said = text(
        "desk.budget",
        payer=word(one.payer),
        year=str(desk.month.year),
        budget=figures.rupiah(budget),
        spent=figures.rupiah(one.spent),
        day=figures.day(desk.as_of.isoformat()),
        left=figures.rupiah(budget - one.spent),
    )
    if one.money_ends is None:
        return f"{said} {text('desk.budget_lasts', left=figures.rupiah(balance))}"
    return f"{said} {text('desk.budget_ends', month=one.money_ends, missing=figures.rupiah(-balance))}"
