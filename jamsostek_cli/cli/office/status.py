"""`jcli status`."""

import datetime
import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import count_option
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.work import Task, WorkItem
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.rules import urgency
from jamsostek_cli.rules.urgency import Urgency
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Table
from jamsostek_cli.tables.wording import in_words, word

if TYPE_CHECKING:
    from jamsostek_cli.operations.status import Glance


def status(
    ctx: typer.Context,
    due: Annotated[int | None, count_option("--due", "opt.status_due")] = None,
) -> None:
    """Show what waits in the office, the most urgent first, with the command that does it."""
    from jamsostek_cli.operations import status as operation

    current = session(ctx)
    try:
        glance = operation.status(current.database(), current.today)
    except JcliError as error:
        if error.code != "E101" or current.place_is_named:
            raise
        show(
            current,
            Answer(
                data={"path": str(current.place()), "exists": False},
                lines=[text("say.no_database", path=current.place())],
                hints=[text("next.label", step=text("next.init"))],
            ),
        )
        return
    if due is None:
        _whole(current, glance)
    else:
        _due(current, glance, due)


def _whole(current: Session, glance: "Glance") -> None:
    """Show everything that waits; what is counted goes to programs, a person wants to know what to do."""
    now, today = glance.now, current.today
    counted = [Figure(key, count) for key, count in now.counts.items()]
    counted.append(Figure("amount_owed", now.amount_owed, Kind.RUPIAH))
    if now.oldest_open_days is not None:
        counted.append(Figure("oldest_open_days", now.oldest_open_days))
    step = _step(glance.work[0]) if glance.work else text("next.report", year=today.year)
    doubted = _doubted(glance)
    lines = [*doubted, _heading(glance, today), _backup(glance)]
    show(
        current,
        Answer(
            data={
                **_data(current, glance, glance.work),
                "last_batch": now.last_batch,
                "oldest_open_days": now.oldest_open_days,
                "amount_owed": now.amount_owed,
                "next": step,
                "last_backup": _backup_data(glance),
            },
            lines=lines if glance.work else [*lines, text("say.work_none")],
            figures=() if sys.stdout.isatty() else counted,
            tables=[_table(glance.work, today)] if glance.work else [],
            hints=[text("next.label", step=step)],
            review=bool(doubted),
        ),
    )


def _doubted(glance: "Glance") -> list[str]:
    """Return the line that tells that the file was changed past the program, if it is known at once."""
    from jamsostek_cli.cli.office import proven

    return [one] if (one := proven.in_short(glance.health)) else []


def _due(current: Session, glance: "Glance", days: int) -> None:
    """Show what is due within some days; with `--quiet` nothing where nothing is, and the file is sound."""
    items = urgency.due_within(glance.work, days, current.today)
    overdue = any(urgency.urgency(item, current.today) is Urgency.OVERDUE for item in items)
    doubted = _doubted(glance)
    lines = [*doubted, _heading(glance, current.today)]
    show(
        replace(current, quiet=current.quiet and not (items or doubted)),
        Answer(
            data=_data(current, glance, items),
            lines=lines if items else [*lines, text("say.work_none_due", days=figures.count(days))],
            tables=[_table(items, current.today)] if items else [],
            review=overdue or bool(doubted),
        ),
    )


def _heading(glance: "Glance", today: datetime.date) -> str:
    return text("say.status", city=glance.now.city, day=figures.day(today.isoformat()))


def _backup(glance: "Glance") -> str:
    """Return how old the last backup is."""
    if glance.backup is None:
        return text("say.backup_none")
    day = figures.day(glance.backup.on.isoformat())
    if not glance.backup.days:
        return text("say.backup_today")
    return text("say.backup_last", day=day, days=figures.count(glance.backup.days))


def _backup_data(glance: "Glance") -> dict[str, object] | None:
    known = glance.backup
    return None if known is None else {"file": known.file, "on": known.on.isoformat(), "days": known.days}


def _data(current: Session, glance: "Glance", items: Sequence[WorkItem]) -> dict[str, object]:
    """Return the office for programs: what is counted, and the work with nobody's name in full."""
    today = current.today
    return {
        "path": str(current.place()),
        "exists": True,
        "city": glance.now.city,
        "problems": glance.health.faults,
        "counts": glance.now.counts,
        "work": [
            {
                "code": item.task,
                "urgency": urgency.urgency(item, today),
                "due": None if item.due is None else item.due.isoformat(),
                "days_waiting": None if item.since is None else (today - item.since).days,
                "count": item.count,
                "about": item.about,
                "numbers": [person.number for person in item.people],
                "names": [person.initials for person in item.people],
                "penalty": item.penalty,
                "command": command(item),
                "amount": item.amount,
            }
            for item in items
        ],
    }


def _table(items: Sequence[WorkItem], today: datetime.date) -> Table:
    return Table.of(
        "work",
        items,
        (
            Column("when", of=lambda item: _when(item, today)),
            Column("task"),
            Column("count", Kind.COUNT, of=lambda item: item.count or None),
            Column("who", of=_who),
            Column("command", of=command),
        ),
    )


def _when(item: WorkItem, today: datetime.date) -> Coded:
    """Return until when, or for how long: the day due, or how urgent it is, for programs."""
    level = urgency.urgency(item, today)
    if item.due is not None:
        key = "when.overdue" if level is Urgency.OVERDUE else "when.due"
        facts = {"day": figures.day(item.due.isoformat()), "days": figures.count((today - item.due).days)}
        return Coded(item.due.isoformat(), text(key, **facts))
    if item.since is None:
        return Coded(level, text("when.open"))
    return Coded(level, text("when.waiting", days=figures.count((today - item.since).days)))


def _who(item: WorkItem) -> str:
    """Return whom or what work is about, the first few by name."""
    named = ", ".join(f"{person.number} {person.name}" for person in item.people)
    rest = item.count - len(item.people)
    if item.people and rest > 0:
        named = text("say.who_more", who=named, more=figures.count(rest))
    if item.penalty:
        named = text("say.who_penalty", who=named, penalty=figures.rupiah(item.penalty))
    return ": ".join(filter(None, (_about(item), named)))


def _about(item: WorkItem) -> str:
    """Return of which month, import or submission work is; of several imports, how many; or what is owed."""
    if item.amount:
        return figures.rupiah(item.amount)
    batches = _batches(item)
    return in_words(item.about) if batches == 1 else text("say.of_batches", batches=figures.count(batches))


def _batches(item: WorkItem) -> int:
    """Return of how many imports people are to be enrolled; 1 for all other work."""
    return len(item.about.split()) if item.task is Task.ENROL else 1


def command(item: WorkItem) -> str:
    """Return the command that does a piece of work."""
    facts = {name: _typed(fact) for name, fact in item.facts.items()}
    if item.facts.get("drawn"):
        return text("next.do_pay", **facts)
    if item.task is Task.CLAIM_MISSING and item.count > 1:
        return text("next.do_claim_owed")
    if item.task is Task.CLAIM_MISSING and "claim" in facts:
        return text("next.do_claim-missing_again", **facts)
    if _batches(item) > 1:
        return text("next.do_enrol_everybody", **facts)
    return text(f"next.do_{item.task}", **facts)


def _typed(fact: object) -> object:
    """Return a fact as somebody types it."""
    if isinstance(fact, Month):
        return figures.months(str(fact))
    return word(fact) if isinstance(fact, StrEnum) else fact


def _step(item: WorkItem) -> str:
    key = "next.work" if item.count else "next.work_alone"
    return text(key, command=command(item), task=word(item.task), count=figures.count(item.count))
